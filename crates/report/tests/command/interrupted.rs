//! Tests downloads that end too soon: no file has the final name, and the same report can be fetched afterwards.

use std::fs;
use std::path::Path;

use crate::support::{LONG_CSV, NOBODY, Sends, Stalling, begin, command, end, names, signal, until};

fn fetch(server: &Stalling, out: &Path) -> std::process::Command {
    let out = out.to_str().expect("a name");
    let address = format!("http://{}", server.address);
    let mut command = command(&["visits", "--id", NOBODY, "--out", out, "--visits", &address]);
    command.env("DEXCARE_REPORT_KEY", "acme-service-token");
    command
}

/// The bytes that have arrived so far, in all files of the folder.
fn arrived(folder: &Path) -> u64 {
    let sizes =
        names(folder).into_iter().map(|name| fs::metadata(folder.join(name)).map_or(0, |file| file.len()));
    sizes.sum()
}

#[test]
fn a_signal_during_the_download_leaves_nothing_and_the_id_finishes_it() {
    for (name, code) in [("-INT", 130), ("-TERM", 143)] {
        let (server, folder) =
            (Stalling::start(Sends::HalfThenNothing), tempfile::tempdir().expect("a folder"));
        let out = folder.path().join("visits.csv");
        let child = begin(&mut fetch(&server, &out));
        until("half of it arrives", || arrived(folder.path()) == LONG_CSV.len() as u64 / 2);
        assert!(!out.exists());
        signal(&child, name);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code));
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            err.ends_with("nothing was written\n") && err.starts_with(&format!("report {NOBODY}")),
            "{err}"
        );
        assert_eq!(names(folder.path()), [""; 0], "nothing is left");

        server.recover();
        let ended = end(&mut fetch(&server, &out));
        assert_eq!(ended.code, 0, "{ended:?}");
        assert_eq!(fs::read_to_string(&out).expect("a file"), LONG_CSV);
    }
}

#[test]
fn even_a_killed_process_leaves_nothing_under_the_final_name() {
    let (server, folder) = (Stalling::start(Sends::HalfThenNothing), tempfile::tempdir().expect("a folder"));
    let out = folder.path().join("visits.csv");
    fs::write(&out, "the report of October").expect("written");
    let old = arrived(folder.path());
    let mut child = begin(&mut fetch(&server, &out));
    until("half of it arrives", || arrived(folder.path()) == old + LONG_CSV.len() as u64 / 2);
    signal(&child, "-KILL");
    child.wait().expect("it ends");
    assert_eq!(fs::read_to_string(&out).expect("a file"), "the report of October");
    let left: Vec<String> = names(folder.path()).into_iter().filter(|name| name != "visits.csv").collect();
    assert!(
        left.len() == 1
            && left[0].starts_with(".dexcare-report-")
            && Path::new(&left[0]).extension().is_some_and(|kind| kind == "part"),
        "{left:?}"
    );

    server.recover();
    assert_eq!(end(&mut fetch(&server, &out)).code, 0);
    assert_eq!(fs::read_to_string(&out).expect("a file"), LONG_CSV);
}

#[test]
fn a_connection_that_breaks_off_is_an_error_and_no_file() {
    for sends in [Sends::HalfOfItsLength, Sends::ChunkWithoutEnd, Sends::CutText] {
        let (server, folder) = (Stalling::start(sends), tempfile::tempdir().expect("a folder"));
        let out = folder.path().join("visits.csv");
        let ended = end(&mut fetch(&server, &out));
        assert_eq!(ended.code, 27, "{ended:?}");
        assert!(ended.line().starts_with("the download was cut short: "), "{ended:?}");
        assert!(ended.line().ends_with(&format!("; go on with --id {NOBODY}")), "{ended:?}");
        assert_eq!(names(folder.path()), [""; 0], "nothing is left");
        server.recover();
        assert_eq!(end(&mut fetch(&server, &out)).code, 0);
    }
}

#[test]
fn a_report_that_only_the_end_of_the_connection_ends_must_end_with_a_whole_row() {
    let row = LONG_CSV.find("v0200,").expect("a row");
    let cell = row + "v0200,".len();
    for (length, is_whole) in
        [(cell, false), (cell + 2, false), (row - 1, false), (row, true), (LONG_CSV.len(), true)]
    {
        let (server, folder) =
            (Stalling::start(Sends::UntilClosed(length)), tempfile::tempdir().expect("a folder"));
        let out = folder.path().join("visits.csv");
        let ended = end(&mut fetch(&server, &out));
        if is_whole {
            assert_eq!(ended.code, 0, "{length}: {ended:?}");
            assert_eq!(fs::read_to_string(&out).expect("a file"), LONG_CSV[..length]);
            continue;
        }
        assert_eq!(ended.code, 27, "{length}: {ended:?}");
        let line = format!("the download was cut short: it ends inside a row; go on with --id {NOBODY}");
        assert_eq!(ended.line(), line);
        assert_eq!(names(folder.path()), [""; 0], "nothing is left");
    }
}

#[test]
fn standard_output_gets_nothing_of_half_a_report() {
    let server = Stalling::start(Sends::HalfOfItsLength);
    let address = format!("http://{}", server.address);
    let mut command = command(&["visits", "--id", NOBODY, "--visits", &address]);
    let ended = end(command.env("DEXCARE_REPORT_KEY", "acme-service-token"));
    assert_eq!((ended.code, ended.out.as_str()), (27, ""));
}
