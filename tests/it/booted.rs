//! A machine to install on: systemd, booted in namespaces of its own over the files of this one, of which it changes none.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::installed::{is_root, wait_for};

/// The booted machine; it ends with the test.
pub struct Machine {
    unshare: Child,
    /// Its first process, as this machine counts.
    init: u32,
    group: PathBuf,
    folder: tempfile::TempDir,
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Machine {
    /// Boots it. `None`, and the reason said, where that cannot be: it takes root, namespaces, cgroups and systemd.
    pub fn boot() -> Option<Self> {
        let cannot = |why: &str| {
            println!("skipped: no systemd can be booted here: {why}");
            None
        };
        if !is_root() {
            return cannot("not root");
        }
        if ["/lib/systemd/systemd", "/usr/bin/unshare", "/usr/bin/nsenter"]
            .iter()
            .any(|it| !Path::new(it).exists())
        {
            return cannot("systemd or util-linux is missing");
        }
        let mounts = fs::read_to_string("/proc/mounts").unwrap();
        let is_v2 = |line: &&str| line.split(' ').nth(2) == Some("cgroup2");
        let Some(groups) = mounts.lines().find(is_v2).and_then(|line| line.split(' ').nth(1)) else {
            return cannot("no cgroup2 is mounted");
        };
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().file_name().unwrap().to_string_lossy().replace('.', "jianchad-test-");
        let group = Path::new(groups).join(name);
        if let Err(error) = fs::create_dir(&group) {
            return cannot(&format!("no cgroup can be made: {error}"));
        }
        let machine = folder.path().join("machine");
        fs::create_dir(&machine).unwrap();
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/machine.sh");
        let enter =
            "echo $$ > \"$0/cgroup.procs\" && exec unshare -m -p -u -i -C --fork --kill-child bash \"$@\"";
        let mut unshare = Command::new("bash")
            .args(["-c", enter])
            .args([&group, Path::new(script), &machine, Path::new(env!("CARGO_MANIFEST_DIR"))])
            .arg(env!("CARGO_BIN_EXE_jianchad"))
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let id = unshare.id();
        let init = wait_for("a machine", || {
            let ended = unshare.try_wait().unwrap().is_some();
            if ended { Some(None) } else { child_of(id).filter(|init| is_systemd(*init)).map(Some) }
        });
        let Some(init) = init else {
            fs::remove_dir(&group).ok();
            return cannot(&fs::read_to_string(folder.path().join("log")).unwrap());
        };
        let machine = Self { unshare, init, group, folder };
        wait_for("a booted machine", || {
            let state = machine.says("systemctl is-system-running");
            ["running", "degraded"].contains(&state.out.trim()).then_some(())
        });
        machine.run("systemctl start systemd-journald");
        Some(machine)
    }

    /// A path of the machine, as this one sees it.
    pub fn path(&self, name: &str) -> PathBuf {
        format!("/proc/{}/root{name}", self.init).into()
    }

    /// What a script says at its shell, whatever comes of it.
    pub fn says(&self, script: &str) -> Said {
        let script = format!("cd /project\n{script}");
        let done = Command::new("nsenter")
            .args([
                "-t",
                &self.init.to_string(),
                "-m",
                "-u",
                "-i",
                "-p",
                "-r",
                "-w",
                "/bin/bash",
                "-c",
                &script,
            ])
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("JIANCHAD_LANG", "en")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Said { code: done.status.code().unwrap_or(-1), out: text(done.stdout), err: text(done.stderr) }
    }

    /// What a script writes that has to go well.
    pub fn run(&self, script: &str) -> String {
        let said = self.says(script);
        assert_eq!(said.code, 0, "{script}\n{said:#?}\n{}", self.journal());
        said.out
    }

    /// A command by another login of the machine, with the groups that it is in.
    pub fn by(&self, login: &str, command: &str) -> Said {
        self.says(&format!("setpriv --reuid={login} --regid={login} --init-groups {command}"))
    }

    /// What the service has told the journal.
    pub fn journal(&self) -> String {
        self.says("journalctl --sync; journalctl -u jianchad --no-pager -n 60 -o cat").out
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // With its first process everything ends that runs in it.
        drop(Command::new("kill").args(["-KILL", &self.init.to_string()]).status());
        drop(self.unshare.wait());
        wait_for("the end of the machine", || {
            remove_groups(&self.group);
            (!self.group.exists()).then_some(())
        });
        drop(fs::remove_dir_all(self.folder.path()));
    }
}

/// Removes a cgroup and those in it, as far as nothing runs in them.
fn remove_groups(group: &Path) {
    for entry in fs::read_dir(group).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            remove_groups(&entry.path());
        }
    }
    drop(fs::remove_dir(group));
}

fn child_of(parent: u32) -> Option<u32> {
    let parent = format!("PPid:\t{parent}");
    let is_child = |id: &u32| {
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        status.lines().any(|line| line == parent)
    };
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).find(is_child)
}

fn is_systemd(id: u32) -> bool {
    fs::read_to_string(format!("/proc/{id}/comm")).is_ok_and(|name| name.trim() == "systemd")
}
