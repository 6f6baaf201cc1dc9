#!/bin/bash
# Boots systemd in namespaces of its own over this machine's files, of which it changes none. In its own mount, process, host name, IPC
# and cgroup namespaces. $1: an empty folder; $2: folder of the project; $3: the program.
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
cd "$1/root"
mount -t proc proc proc
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
mknod -m 666 dev/null c 1 3
mknod -m 666 dev/zero c 1 5
mknod -m 666 dev/full c 1 7
mknod -m 666 dev/random c 1 8
mknod -m 666 dev/urandom c 1 9
mknod -m 666 dev/tty c 5 0
mkdir dev/shm dev/pts
mount -t tmpfs tmpfs dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mkdir -p project/target/dist srv/share old
mount --bind "$2" project
mkdir -p run/build
cp "$3" run/build/jianchad
pivot_root . old
umount -l old
# As a machine has it: what is mounted for a service, such as its credentials, reaches it.
mount --make-rshared /
# Of this machine nothing is started but what the test asks for.
rm -rf /etc/systemd/system /var/lib/jianchad /etc/jianchad
mkdir -p /etc/systemd/system
rm -f /lib/systemd/system/*.wants/*
: > /etc/machine-id
exec env -i container=jianchad-test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --unit=basic.target \
    --log-target=null --show-status=0 > /dev/null 2>&1 < /dev/null
