//! A run that is killed or has no room left harms nothing: the output is the earlier run's, the new one's, or known as
//! mixed, and no file is torn.
#![cfg(unix)]

#[path = "support/place.rs"]
mod place;

use place::{ARTICLE, Place, STATE};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often a run is killed.
const KILLS: usize = 100;

fn dateline() -> PathBuf {
    assert_cmd::cargo::cargo_bin("dateline")
}

/// The files of the output by name, those that are being written left out.
fn whole_files(place: &Place) -> BTreeMap<String, Vec<u8>> {
    place.snapshot("output").into_iter().filter(|(name, _)| !name.starts_with('.')).collect()
}

/// Names of files that only a run that goes on may have.
fn temporary_files(place: &Place) -> Vec<String> {
    place.snapshot("output").into_keys().filter(|name| name.starts_with('.')).collect()
}

#[test]
fn killed_at_any_moment() {
    let place = Place::new();
    for i in 0..30 {
        place.write(&format!("corpus/{i}.txt"), format!("{}{i} more.\n", ARTICLE.repeat(1 + i % 7)));
    }
    // Two runs that differ in every file; each is killed over the output of either.
    let dates = ["2001-01-01", "2002-02-02"];
    let runs = dates.map(|date| {
        assert_eq!(place.run(&["--published", date, "-o", date]).code, 0);
        place.snapshot(date)
    });
    for (name, bytes) in &runs[0] {
        assert!(!bytes.is_empty() && runs[1].contains_key(name));
    }
    assert_eq!(place.run(&["--published", dates[0]]).code, 0);
    let started = Instant::now();
    assert_eq!(place.run(&["--published", dates[1], "-o", "timed"]).code, 0);
    let length = started.elapsed();
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    // The file that a run begins last, and the one that gets its name first.
    let last = place.path("output/.review.csv.partial");
    let first = place.path("output/.annotations.jsonl.partial");
    let (mut finished, mut mixed) = (0, 0);
    for kill in 0..KILLS {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (seed >> 40) as f64 / (1_u64 << 24) as f64;
        let mut child = Command::new(dateline())
            .args(["run", "--csv", "exact", "--published", dates[(kill + 1) % 2]])
            .current_dir(place.root.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Half of the kills fall anywhere, half near the end, where the files get their names one after the other.
        let mut wait_until = |is_so: &dyn Fn() -> bool| {
            while !is_so() && child.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
        };
        match kill % 4 {
            0 | 2 => std::thread::sleep(length.mul_f64(share)),
            1 => {
                wait_until(&|| last.exists());
                std::thread::sleep(Duration::from_micros((share * 2_000.0) as u64));
            }
            _ => {
                wait_until(&|| last.exists());
                wait_until(&|| !first.exists());
            }
        }
        let _ = child.kill();
        finished += usize::from(child.wait().unwrap().success());
        let left = whole_files(&place);
        for (name, bytes) in &left {
            assert!(runs.iter().any(|run| run.get(name) == Some(bytes)), "{name} is torn at kill {kill}");
        }
        let is_whole = runs.contains(&left);
        mixed += usize::from(!is_whole);
        assert_eq!(place.dateline(&["verify", "output"]).code, i32::from(!is_whole), "at kill {kill}");
        if kill % 10 == 9 {
            assert_eq!(place.run(&["--published", dates[0]]).code, 0);
            assert_eq!(place.snapshot("output"), runs[0], "after kill {kill}");
            assert_eq!(
                place.read_bytes(&format!("output/{STATE}")),
                place.read_bytes(&format!("{}/{STATE}", dates[0]))
            );
        }
    }
    println!("{KILLS} kills survived: {finished} came too late, {mixed} left a mixed folder");
    assert!(finished < KILLS, "no kill came in time");
}

/// A kill between two of the new names: what is there is told as mixed, and the next run makes it whole.
#[test]
fn killed_between_any_two_names() {
    let place = Place::new();
    place.write("corpus/a.txt", ARTICLE);
    for (folder, date) in [("earlier", "2001-01-01"), ("new", "2002-02-02")] {
        assert_eq!(place.run(&["--published", date, "-o", folder]).code, 0);
    }
    let (earlier, new) = (place.snapshot("earlier"), place.snapshot("new"));
    // The order in which the files get their names: run.json is the last.
    let mut order: Vec<&String> = new.keys().filter(|name| *name != "run.json").collect();
    order.push(new.keys().find(|name| *name == "run.json").unwrap());
    for done in 0..=order.len() {
        for (i, name) in order.iter().enumerate() {
            if i < done {
                place.write(&format!("output/{name}"), &new[*name]);
            } else {
                place.write(&format!("output/{name}"), &earlier[*name]);
                place.write(&format!("output/.{name}.partial"), &new[*name]);
            }
        }
        // The state gets its name before run.json.
        let state = if done + 1 < order.len() { "earlier" } else { "new" };
        place.write(&format!("output/{STATE}"), place.read_bytes(&format!("{state}/{STATE}")));
        let is_whole = done == 0 || done == order.len();
        assert_eq!(place.dateline(&["verify", "output"]).code, i32::from(!is_whole), "after {done} names");
        assert_eq!(place.run(&["--published", "2002-02-02"]).code, 0);
        assert_eq!(place.snapshot("output"), new, "after {done} names");
    }
}

/// A limit on the size of files is a full disk: writing fails half-way.
#[test]
fn a_full_disk_is_told_and_harms_nothing() {
    let place = Place::new();
    place.write("corpus/a.txt", ARTICLE);
    assert_eq!(place.run(&[]).code, 0);
    let (earlier, state) = (place.snapshot("output"), place.read_bytes(&format!("output/{STATE}")));
    for i in 0..200 {
        place.write(&format!("corpus/{i}.txt"), ARTICLE.repeat(10));
    }
    // Half-kilobyte blocks; without the trap the signal would end the program before it can say why.
    let script = format!("trap '' XFSZ; ulimit -f 100; exec '{}' run --csv exact", dateline().display());
    let ended = Command::new("sh").args(["-c", &script]).current_dir(place.root.path()).output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot write output/") && said.contains("File too large"), "{said}");
    assert_eq!(place.snapshot("output"), earlier);
    assert_eq!(place.read_bytes(&format!("output/{STATE}")), state);
    assert_eq!(temporary_files(&place), Vec::<String>::new());
    // With the signal it ends as if it was killed.
    let script = format!("ulimit -f 100; exec '{}' run --csv exact", dateline().display());
    let ended = Command::new("sh").args(["-c", &script]).current_dir(place.root.path()).output().unwrap();
    assert!(!ended.status.success());
    assert_eq!(whole_files(&place), earlier);
    assert_eq!(place.run(&[]).code, 0);
    assert_eq!(temporary_files(&place), Vec::<String>::new());
    assert_eq!(place.dateline(&["verify", "output"]).code, 0);
}

/// While one run writes, another into the same folder ends at once and says why.
#[test]
fn two_runs_at_once_into_one_folder() {
    let place = Place::new();
    place.write("corpus/a.txt", ARTICLE);
    // Standard input that nobody ends yet holds the first run.
    let mut first = Command::new(dateline())
        .args(["run", "-", "--csv", "exact"])
        .current_dir(place.root.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let since = Instant::now();
    while !place.path("output/.documents.csv.partial").exists() {
        assert!(since.elapsed() < Duration::from_secs(60), "the first run doesn't begin");
        std::thread::sleep(Duration::from_millis(5));
    }
    let second = place.run(&["corpus"]);
    assert_eq!(second.code, 2);
    assert!(second.stderr.contains("another run is writing into output"), "{}", second.stderr);
    assert_eq!(place.run(&["corpus", "-o", "elsewhere"]).code, 0);
    std::io::Write::write_all(&mut first.stdin.take().unwrap(), ARTICLE.as_bytes()).unwrap();
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(place.document("-")["status"], "annotated");
    assert_eq!(place.run(&["corpus"]).code, 0);
}
