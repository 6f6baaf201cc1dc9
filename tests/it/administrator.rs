//! The administrator's day (docs/operations.md): installed by the README on a booted systemd, connected to a vendor's tables, used by the
//! logins of an office, broken and mended.

use std::fs;

use rusqlite::Connection;

use crate::booted::Machine;
use crate::installed::wait_for;
use crate::smtp_server::Server;

/// The commands of a part of the README, as they stand there.
fn commands(readme: &str, heading: &str) -> String {
    let text = fs::read_to_string(format!("{}/{readme}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let part = text.split(heading).nth(1).unwrap();
    part.split("```sh\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

/// Tables as a vendor makes them, in Chinese, and what the example's catalogue calls their items.
const TABLES: &str = "
    CREATE TABLE 办件 (受理编号 TEXT PRIMARY KEY, 事项 TEXT, 经办人 TEXT, 受理时间 TEXT, 办结时间 TEXT, 办结结果 TEXT);
    INSERT INTO 办件 VALUES ('住建〔2026〕1号', 'SLYW-01', '张三', '2026-03-02 09:00:00', NULL, NULL);
    INSERT INTO 办件 VALUES ('住建〔2026〕2号', 'SLYW-01', '张三', '2026-03-02 09:30:00', '2026-03-04 10:00:00', '准予');";

const SOURCE: &str = "
[source.approval]
kind = \"sqlite\"
path = \"/srv/share/spxt.db\"
[[source.approval.read]]
table = \"办件\"
shape = \"wide\"
case = \"受理编号\"
item = \"事项\"
traces = [{ kind = \"accepted\", at = \"受理时间\" }, { kind = \"decided\", at = \"办结时间\" }]
";

/// Installed by the README, with the example's registry and the logins of an office: `li` reads, `wang` may act, `zhao` is neither.
fn installed() -> Option<Machine> {
    let machine = Machine::boot()?;
    let install = commands("README.md", "## Install");
    assert_eq!(install, commands("README.zh-CN.md", "## 安装"), "both READMEs install alike");
    let install = install.replace("cargo build --profile dist --locked\n", "");
    machine.run(&install.replace("target/dist/jianchad", "/run/build/jianchad"));
    machine.run(
        "install -m 640 -g jianchad config/examples/city/*.csv /etc/jianchad/registry/
         useradd -M -G jianchad li; useradd -M -G jianchad,jianchad-supervisor wang; useradd -M zhao",
    );
    fs::create_dir_all(machine.path("/srv/share")).unwrap();
    // SQLite follows the link into the machine, and loses its way.
    let folder = tempfile::tempdir().unwrap();
    let tables = folder.path().join("spxt.db");
    Connection::open(&tables).unwrap().execute_batch(TABLES).unwrap();
    fs::copy(tables, machine.path("/srv/share/spxt.db")).unwrap();
    machine.run("chmod 755 /srv/share && chmod 644 /srv/share/spxt.db");
    Some(machine)
}

fn write(machine: &Machine, change: impl Fn(String) -> String) {
    let file = machine.path("/etc/jianchad/jianchad.toml");
    fs::write(&file, change(fs::read_to_string(&file).unwrap())).unwrap();
}

/// What the service shows in `systemctl status`.
fn shown(machine: &Machine) -> String {
    machine.says("systemctl show -P StatusText jianchad").out
}

fn waits_for(machine: &Machine, words: &str) {
    wait_for(words, || shown(machine).contains(words).then_some(()));
}

#[test]
fn a_day_at_the_administrators_desk() {
    let Some(machine) = installed() else { return };
    mistakes_are_named(&machine);
    machine.run("systemctl daemon-reload && systemctl start jianchad");
    waits_for(&machine, "判定办件2件");
    who_may_read_and_who_may_act(&machine);
    a_reader_locks_nobody_out(&machine);
    a_bad_file_fails_the_reload(&machine);
    a_share_goes_and_comes_back(&machine);
    the_password_is_for_who_sends(&machine);
    a_supervisor_acts_through_sudo(&machine);
    a_copy_moves_to_another_machine(&machine);
    a_copy_is_restored_on_a_second_machine(&machine);
    let exposure = machine.run("systemd-analyze security jianchad | tail -1");
    let figure = exposure.split("service: ").nth(1).unwrap().split(' ').next().unwrap();
    assert!(figure.parse::<f64>().unwrap() <= 1.3, "{exposure}");
}

/// A mistyped key, table and column: each named with the nearest name, and `systemctl start` fails at the prompt.
fn mistakes_are_named(machine: &Machine) {
    write(machine, |text| text.replace("office =", "ofice =") + SOURCE);
    let said = machine.says("jianchad check-config --sources");
    assert!(said.code == 78 && said.err.contains("did you mean `office`?"), "{said:#?}");
    machine.run("systemctl daemon-reload");
    assert_ne!(machine.says("systemctl start jianchad").code, 0);
    machine.run("systemctl stop jianchad");
    for (good, bad) in [("\"办件\"", "\"办件表\""), ("\"受理时间\"", "\"受理日期\"")] {
        write(machine, |text| text.replace("ofice =", "office =").replace(good, bad));
        let said = machine.says("jianchad check-config --sources");
        let all = said.out + &said.err;
        assert!(said.code != 0 && all.contains(good.trim_matches('"')), "{good}: {all}");
        write(machine, |text| text.replace(bad, good));
    }
    let said = machine.run("jianchad check-config --sources");
    assert!(said.contains("住建〔2026〕1号"), "{said}");
}

/// A group reads ledger and configuration, another may act, and what is not allowed is not taken for what is not there.
fn who_may_read_and_who_may_act(machine: &Machine) {
    let count = "sqlite3 -readonly /var/lib/jianchad/ledger.db 'SELECT count(*) FROM open_findings'";
    for login in ["li", "wang"] {
        let findings = machine.by(login, "jianchad findings --format csv");
        assert!(findings.code == 0 && findings.out.contains("住建〔2026〕1号"), "{findings:#?}");
        assert!([0, 1].contains(&machine.by(login, "jianchad status").code));
        assert_eq!(machine.by(login, "jianchad explain 住建〔2026〕1号").code, 0);
        let rows = machine.by(login, count);
        assert!(rows.code == 0 && rows.out.trim().parse::<u32>().unwrap() >= 2, "{rows:#?}");
    }
    let stranger = machine.by("zhao", "jianchad status");
    assert!(stranger.code == 77 && stranger.err.contains("may not read the configuration"), "{stranger:#?}");
    fs::copy(machine.path("/etc/jianchad/jianchad.toml"), machine.path("/tmp/own.toml")).unwrap();
    machine.run("cp -r /etc/jianchad/registry /tmp/registry; chmod -R a+rX /tmp/registry /tmp/own.toml");
    write_own(machine, "\"/etc/jianchad/registry\"", "\"/tmp/registry\"");
    let stranger = machine.by("zhao", "jianchad status -c /tmp/own.toml");
    assert!(stranger.code == 77 && stranger.err.contains("may not read the ledger"), "{stranger:#?}");
    write_own(machine, "/var/lib/jianchad/ledger.db", "/tmp/none.db");
    let none = machine.by("zhao", "jianchad status -c /tmp/own.toml");
    assert!(none.code == 66 && none.err.contains("no ledger at"), "{none:#?}");

    let answer = "jianchad card answer 1 --by 李四 --why 已办";
    let reader = machine.by("li", answer);
    assert!(reader.code == 77 && reader.err.contains("jianchad-supervisor"), "{reader:#?}");
    let outside = machine.by("wang", answer);
    assert!(outside.code == 77 && outside.err.contains("sudo -u jianchad"), "{outside:#?}");
    // What sudo says of whom it acts for; a login that is not in the group is refused there too.
    let through = |login: &str, command: &str| {
        machine.by("jianchad", &format!("env SUDO_UID=$(id -u {login}) {command}"))
    };
    assert_eq!(through("li", answer).code, 77);
    assert_eq!(through("wang", &format!("{answer} -c /tmp/own.toml")).code, 77);
    assert_eq!(through("wang", answer).code, 0);
    // A login that owns nothing cannot say that it is somebody else.
    assert_eq!(machine.by("li", &format!("env SUDO_UID=0 {answer}")).code, 77);
    let deeds = "sqlite3 -readonly /var/lib/jianchad/ledger.db 'SELECT login, what, by FROM deeds'";
    assert_eq!(machine.by("li", deeds).out, "wang (jianchad)|card answered|李四\n");
}

fn write_own(machine: &Machine, from: &str, to: &str) {
    let file = machine.path("/tmp/own.toml");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace(from, to)).unwrap();
}

/// Who reads cannot write, cannot take the daemon's lock, and holds no round up however long he looks.
fn a_reader_locks_nobody_out(machine: &Machine) {
    let write = machine.by("li", "sqlite3 /var/lib/jianchad/ledger.db \"DELETE FROM letter\"");
    assert!(write.code != 0 && write.err.contains("readonly"), "{write:#?}");
    assert_ne!(machine.by("li", "flock -n /var/lib/jianchad/ledger.db-lock true").code, 0);
    assert_ne!(machine.by("li", "touch /var/lib/jianchad/x").code, 0);
    let rounds = "sqlite3 -readonly /var/lib/jianchad/ledger.db 'SELECT count(*) FROM round WHERE finished_at IS NOT NULL'";
    let before: u32 = machine.run(rounds).trim().parse().unwrap();
    machine.run(
        "mkfifo -m 666 /tmp/look; (setpriv --reuid=li --regid=li --init-groups sqlite3 -readonly \
         /var/lib/jianchad/ledger.db < /tmp/look > /tmp/looked 2>&1 &); (sleep 300 > /tmp/look 2> /tmp/looked & echo $! > /tmp/looks)
         echo 'BEGIN; SELECT count(*) FROM finding;' > /tmp/look; systemctl reload jianchad",
    );
    wait_for("a round beside a reader", || {
        (machine.run(rounds).trim().parse::<u32>().unwrap() > before).then_some(())
    });
    machine.run("kill $(cat /tmp/looks); rm /tmp/look");
}

/// The reload fails at the prompt, the journal has the reasons, the daemon goes on; killed while the file is bad it comes back by itself
/// as soon as the file is mended, and starts by hand use up no limit.
fn a_bad_file_fails_the_reload(machine: &Machine) {
    write(machine, |text| text.replace("office =", "ofice ="));
    let said = machine.says("systemctl reload jianchad");
    assert!(said.code != 0 && said.err.contains("jianchad.service failed"), "{said:#?}");
    assert!(machine.journal().contains("did you mean `office`?"), "{}", machine.journal());
    assert_eq!(machine.run("systemctl is-active jianchad").trim(), "active");
    machine.run("systemctl kill -s KILL jianchad");
    wait_for("another start", || {
        machine
            .run("systemctl show -P NRestarts jianchad")
            .trim()
            .parse::<u32>()
            .is_ok_and(|n| n > 1)
            .then_some(())
    });
    write(machine, |text| text.replace("ofice =", "office ="));
    waits_for(machine, "下一轮");
    machine.run("for n in 1 2 3 4 5 6 7 8; do systemctl restart jianchad || exit 1; done");
    waits_for(machine, "下一轮");
    machine.run("systemctl reload jianchad");
}

/// A share that is not mounted: the source is dark, `status` ends with 1, no card falls; mounted again it is well.
fn a_share_goes_and_comes_back(machine: &Machine) {
    let open = "sqlite3 -readonly /var/lib/jianchad/ledger.db \"SELECT count(*) FROM open_findings WHERE rule = 'time-limit'\"";
    let cards = machine.run(open);
    let state = |wanted: &str| {
        let sql = "sqlite3 -readonly /var/lib/jianchad/ledger.db 'SELECT state FROM source_health'";
        wait_for(wanted, || (machine.run(sql).trim() == wanted).then_some(()));
    };
    machine.run("mount -t tmpfs tmpfs /srv/share && systemctl restart jianchad");
    state("dark");
    assert_eq!(machine.by("li", "jianchad status").code, 1);
    machine.run("umount /srv/share && systemctl restart jianchad");
    state("ok");
    assert_eq!(machine.run(open), cards);
}

/// The password is root's alone: whoever sends nothing needs none, the unit's user has it as a credential and root at a shell from its
/// file, whether the file is named or not.
fn the_password_is_for_who_sends(machine: &Machine) {
    let server = Server::plain(Vec::new());
    machine.run("echo geheim > /etc/jianchad/smtp-password");
    // The unit but for what it starts: a letter as the daemon would send it, at any hour.
    machine.run(
        "sed -E 's/^Type=.*/Type=oneshot/; s/^ExecStart=.*/ExecStart=\\/usr\\/bin\\/jianchad mail test --to a@czs.test/
             /^(Restart|ExecReload|WatchdogSec|NotifyAccess)/d' systemd/jianchad.service > /run/systemd/system/post.service
         systemctl daemon-reload",
    );
    for named in ["", "password_file = \"/etc/jianchad/smtp-password\"\n"] {
        let login = format!("port = {}\ntls = \"none\"\nuser = \"jianchad\"\n{named}", server.port);
        let smtp = format!("[mail.smtp]\nhost = \"127.0.0.1\"\n{login}");
        write(machine, |text| text.replacen("#[mail.smtp]\n", &smtp, 1));
        let before = server.heard(|heard| heard.letters.len());
        machine.run("systemctl start post || { journalctl -u post -n 30 -o cat; exit 1; }; jianchad mail test --to b@czs.test");
        assert_eq!(server.heard(|heard| heard.letters.len()), before + 2, "{named}");
        machine.run("systemctl reload jianchad");
        assert!([0, 1].contains(&machine.by("li", "jianchad status").code));
        assert_eq!(machine.by("li", "jianchad findings").code, 0);
        assert_eq!(machine.by("li", "jianchad mail test --to c@czs.test").code, 74);
        write(machine, |text| text.replace(&smtp, "#[mail.smtp]\n"));
    }
    let key = "[mail.dkim]\nselector = \"s\"\nkey_file = \"/etc/jianchad/key.pem\"\n";
    machine.run("openssl genpkey -algorithm ed25519 -out /etc/jianchad/key.pem && chown jianchad /etc/jianchad/key.pem");
    write(machine, |text| text.replacen("#[mail.smtp]\n", &format!("{key}#[mail.smtp]\n"), 1));
    machine.run("systemctl reload jianchad");
    assert_eq!(machine.by("li", "jianchad findings").code, 0, "the key is the daemon's alone");
    // Who could send has to sign: a key that he cannot read is a mistake.
    machine.run("chown root /etc/jianchad/key.pem");
    assert_ne!(machine.says("systemctl reload jianchad").code, 0);
    write(machine, |text| text.replace(key, ""));
    let kept = machine.says("grep -rl geheim /var/lib/jianchad; journalctl | grep geheim");
    assert_eq!(kept.out, "");
    machine.run("systemctl restart jianchad");
}

/// systemd/jianchad.sudoers as it is shipped, by the real sudo: a supervisor's login enters deeds as the daemon's user and nothing else; a
/// login that only reads, or that is in no group, may not, and neither may anybody become root, run what only looks like a deed, or hand
/// over an environment of his own.
fn a_supervisor_acts_through_sudo(machine: &Machine) {
    if !std::path::Path::new("/usr/bin/sudo").exists() {
        return println!("skipped in part: sudo is not installed");
    }
    machine.run(&commands("docs/operations.md", "| root | everything |"));
    machine.run("visudo -cf /etc/sudoers.d/jianchad");
    let by = |login: &str, command: &str| machine.by(login, &format!("sudo -n {command}"));
    let answer = "-u jianchad /usr/bin/jianchad card answer 1 --by 李四 --why 第二次说明";
    let done = by("wang", answer);
    assert_eq!(done.code, 0, "{done:#?}");
    let last = "sqlite3 -readonly /var/lib/jianchad/ledger.db 'SELECT login, what, by FROM deeds ORDER BY rowid DESC LIMIT 1'";
    assert_eq!(machine.by("li", last).out, "wang (jianchad)|card answered|李四\n");
    for (login, command) in [
        ("li", answer),
        ("zhao", answer),
        ("wang", "/usr/bin/jianchad card answer 1 --by 李四 --why x"),
        ("wang", "-u jianchad /usr/bin/sqlite3 /var/lib/jianchad/ledger.db"),
        ("wang", "-u jianchad /usr/bin/jianchad once"),
        ("wang", "-u jianchad /usr/bin/jianchad mail retry"),
        ("wang", "-u jianchad /usr/bin/jianchad source list"),
        ("wang", "-u jianchad /bin/sh"),
        ("wang", "-u root /usr/bin/jianchad card answer 1 --by 李四 --why x"),
    ] {
        let said = by(login, command);
        assert!(said.code != 0 && said.err.contains("sudo:"), "{login}: {command}: {said:#?}");
    }
    // A file of her own is refused by the program, and sudo hands over no variable that would name one.
    let own = by("wang", &format!("{answer} --config /tmp/own.toml"));
    assert!(own.code == 77, "{own:#?}");
    let lent = machine.by("wang", &format!("env JIANCHAD_CONFIG=/tmp/own.toml sudo -n {answer}"));
    assert_eq!(lent.code, 0, "the variable does not reach it: {lent:#?}");
    let deeds =
        "sqlite3 -readonly /var/lib/jianchad/ledger.db \"SELECT count(*) FROM deeds WHERE by = '李四'\"";
    assert_eq!(machine.run(deeds).trim(), "3");
}

/// The copy of one machine restored on another that was only just installed: the service takes up where the other was.
fn a_copy_is_restored_on_a_second_machine(machine: &Machine) {
    waits_for(machine, "下一轮");
    let copy = commands("docs/operations.md", "### Copy");
    machine.run("rm -rf /backup");
    machine.run(&copy);
    machine.run("systemctl disable --now jianchad");
    let all = "sqlite3 -readonly /var/lib/jianchad/ledger.db \"SELECT (SELECT count(*) FROM deeds), \
               (SELECT group_concat(case_number || card || standing) FROM (SELECT * FROM findings WHERE case_number <> '' ORDER BY finding))\"";
    let before = machine.run(all);
    assert!(before.contains("住建〔2026〕1号"), "{before}");
    let Some(second) = installed() else { return };
    // The share is a file of its own there.
    let backup = second.path("/backup");
    fs::create_dir(&backup).unwrap();
    for file in fs::read_dir(machine.path("/backup")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), backup.join(file.file_name())).unwrap();
    }
    assert_eq!(second.says("ls /var/lib/jianchad/ledger.db").code, 2, "another tree");
    second.run(&commands("docs/operations.md", "### Restore, or move to another machine"));
    waits_for(&second, "下一轮");
    assert_eq!(second.run(all), before, "nothing is lost");
    let findings = second.by("li", "jianchad findings --format csv");
    assert!(findings.code == 0 && findings.out.contains("住建〔2026〕1号"), "{findings:#?}");
}

/// docs/operations.md, Copy, restore, move: the commands as they stand there, and everything is as it was.
fn a_copy_moves_to_another_machine(machine: &Machine) {
    let all = "SELECT count(*), max(id) FROM finding_event UNION ALL SELECT count(*), max(id) FROM deed";
    let ledger = format!("sqlite3 -readonly /var/lib/jianchad/ledger.db '{all}'");
    waits_for(machine, "下一轮");
    let before = machine.run(&ledger);
    machine.run(&commands("docs/operations.md", "### Copy"));
    machine.run("systemctl stop jianchad && rm -r /var/lib/jianchad /etc/jianchad");
    machine.run(&commands("docs/operations.md", "### Restore, or move to another machine"));
    waits_for(machine, "下一轮");
    assert_eq!(machine.run(&ledger).lines().nth(1), before.lines().nth(1), "deeds");
    let owners = machine.run("stat -c '%U:%G %a' /var/lib/jianchad /var/lib/jianchad/ledger.db /etc/jianchad /etc/jianchad/smtp-password");
    assert_eq!(owners, "jianchad:jianchad 750\njianchad:jianchad 640\nroot:jianchad 750\nroot:root 600\n");
    let findings = machine.by("li", "jianchad findings --format csv");
    assert!(findings.code == 0 && findings.out.contains("住建〔2026〕1号"), "{findings:#?}");
}
