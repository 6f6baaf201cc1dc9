//! Postfix as a test starts it: nothing of the system's mail is touched.

use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use jianchad::testing::domain::letter::Letter;

use crate::installed::{free_port, wait_for};
use crate::mail_servers::PASSWORD;
use crate::smtp_tls::Papers;

/// Whom the mailboxes belong to.
const NOBODY: u32 = 65534;

/// A Postfix of our own: its own configuration, queue and mailboxes, two ports, no part in the system's mail.
pub struct Postfix {
    master: Child,
    folder: tempfile::TempDir,
    pub start_tls: u16,
    pub implicit: u16,
}

impl Postfix {
    pub fn start(papers: &Papers) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        for (name, owner) in
            [("config", 0), ("queue", 0), ("data", postfix_user()), ("boxes", NOBODY), ("config/sasl", 0)]
        {
            fs::create_dir(path.join(name)).unwrap();
            chown(path.join(name), Some(owner), Some(0)).unwrap();
        }
        let (start_tls, implicit) = (free_port(), free_port());
        fs::write(path.join("config/main.cf"), main_cf(path, papers)).unwrap();
        fs::write(path.join("config/master.cf"), master_cf(start_tls, implicit)).unwrap();
        let sasl = format!(
            "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {}\n",
            path.join("users").display()
        );
        // Debian's Postfix looks here, whatever cyrus_sasl_config_path says.
        fs::write(path.join("config/sasl/smtpd.conf"), sasl).unwrap();
        add_user(path);
        let config = path.join("config");
        let checked = Command::new("/usr/sbin/postfix").arg("-c").arg(&config).arg("check").status().unwrap();
        assert!(checked.success(), "postfix check");
        let master = Command::new("/usr/lib/postfix/sbin/master")
            .args(["-d", "-c"])
            .arg(&config)
            .process_group(0) // it ends its children by their group
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let postfix = Self { master, folder, start_tls, implicit };
        wait_for("postfix", || TcpStream::connect(("127.0.0.1", implicit)).ok());
        postfix
    }

    /// The letter as it lies in the mailbox.
    pub fn arrived(&self, letter: &Letter) -> Vec<u8> {
        let id = format!("Message-ID: <{}>", letter.message_id);
        wait_for(&letter.message_id, || {
            let mails = fs::read_dir(self.folder.path().join("boxes/zhangsan/new")).ok()?;
            let mut bytes = mails.filter_map(|mail| fs::read(mail.ok()?.path()).ok());
            bytes.find(|mail| String::from_utf8_lossy(mail).contains(&id))
        })
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = fs::read_to_string(self.folder.path().join("mail.log"));
            println!("Postfix's log:\n{}", log.unwrap_or_default());
        }
        // `stop` asks the master to end its children; the wait is for the master itself.
        let config = self.folder.path().join("config");
        let stopped = Command::new("/usr/sbin/postfix")
            .arg("-c")
            .arg(config)
            .arg("stop")
            .stderr(Stdio::null())
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            self.master.kill().ok();
        }
        self.master.wait().ok();
    }
}

fn postfix_user() -> u32 {
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let line = users.lines().find(|line| line.starts_with("postfix:")).unwrap();
    line.split(':').nth(2).unwrap().parse().unwrap()
}

fn add_user(path: &Path) {
    use std::io::Write;
    let users = path.join("users");
    let mut command = Command::new("/usr/sbin/saslpasswd2")
        .args(["-c", "-p", "-u", "czs.test", "-f"])
        .arg(&users)
        .arg("jiancha")
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    command.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
    assert!(command.wait().unwrap().success());
    chown(users, Some(postfix_user()), None).unwrap();
}

fn main_cf(path: &Path, papers: &Papers) -> String {
    let path = path.display();
    // The server starts as root, so the key may stay where only root can read it.
    let (cert, key) = (papers.file("cert.pem"), papers.file("key.pem"));
    format!(
        "compatibility_level = 3.6
queue_directory = {path}/queue
data_directory = {path}/data
maillog_file = {path}/mail.log
maillog_file_prefixes = {path}
myhostname = mail.czs.test
mydestination =
alias_maps =
local_recipient_maps =
mynetworks =
inet_interfaces = loopback-only
virtual_mailbox_domains = czs.test
virtual_mailbox_base = {path}/boxes
virtual_mailbox_maps = inline:{{ zhangsan@czs.test=zhangsan/ }}
virtual_uid_maps = static:{NOBODY}
virtual_gid_maps = static:{NOBODY}
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = czs.test
cyrus_sasl_config_path = {path}/config/sasl
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
",
        cert = cert.display(),
        key = key.display(),
    )
}

fn master_cf(start_tls: u16, implicit: u16) -> String {
    format!(
        "127.0.0.1:{start_tls} inet n - n - - smtpd
127.0.0.1:{implicit} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
"
    )
}
