//! Does a run do only what changed, and is its output the same to the byte as that of a run that does everything?

#[path = "support/place.rs"]
mod place;

use place::{ARTICLE, Place, STATE};
use std::fs;

const COMPANIES: &str = "id,name,aliases,parent,risk,context,block,rank,from,until,ticker,cik,homepage\n";

fn corpus() -> Place {
    let place = Place::new();
    for i in 0..12 {
        place.write(
            &format!("corpus/{i:02}.txt"),
            format!("{}Zorbleton and number {i} agree.\n", ARTICLE.repeat(1 + i % 3)),
        );
    }
    place.write("corpus/bad.txt", "a\0b").write("corpus/2012-04-03-dated.md", format!("---\ntitle: T\n---\n{ARTICLE}"));
    place
}

/// Runs over the earlier output and into a new folder; both must have the same bytes. How many documents were not
/// annotated anew.
fn kept(place: &Place, arguments: &[&str]) -> u64 {
    let resumed = place.run(arguments);
    let fresh = place.run(&[arguments, &["--fresh", "-o", "fresh"]].concat());
    assert_eq!(resumed.code, fresh.code, "{}", resumed.stderr);
    assert!(!fresh.stderr.contains("unchanged"), "{}", fresh.stderr);
    assert!(place.snapshot("output") == place.snapshot("fresh"), "{arguments:?} differs from a fresh run");
    assert!(
        place.read_bytes(&format!("output/{STATE}")) == place.read_bytes(&format!("fresh/{STATE}")),
        "{arguments:?} leaves another state than a fresh run"
    );
    assert_eq!(place.dateline(&["verify", "output"]).code, 0);
    let first = resumed.stderr.lines().find(|line| line.starts_with("Annotated ")).unwrap();
    match first.split_once(" unchanged since the earlier run") {
        Some((before, _)) => before.rsplit(' ').next().unwrap().parse().unwrap(),
        None => 0,
    }
}

#[test]
fn only_what_changed_is_done() {
    let place = corpus();
    let whole = 13;
    assert_eq!(kept(&place, &[]), 0);
    assert_eq!(kept(&place, &[]), whole);
    assert_eq!(kept(&place, &["-j", "1"]), whole);
    assert_eq!(kept(&place, &["-j", "3"]), whole);
    // A document more, one less, one changed, one under another name.
    place.write("corpus/a.txt", ARTICLE);
    assert_eq!(kept(&place, &[]), whole);
    fs::remove_file(place.path("corpus/a.txt")).unwrap();
    assert_eq!(kept(&place, &[]), whole);
    place.write("corpus/03.txt", format!("Microsoft spoke first.\n\n{ARTICLE}"));
    assert_eq!(kept(&place, &[]), whole - 1);
    fs::rename(place.path("corpus/04.txt"), place.path("corpus/z.txt")).unwrap();
    assert_eq!(kept(&place, &[]), whole - 1);
    // The same documents in another order.
    assert_eq!(kept(&place, &["corpus/z.txt", "corpus"]), whole);
    assert_eq!(kept(&place, &[]), whole);
    // The limit on the size of files changes no rows.
    assert_eq!(kept(&place, &["--max-bytes", "1M"]), whole);
    let short = kept(&place, &["--max-bytes", "250"]);
    assert!(0 < short && short < whole);
}

#[test]
fn only_the_rows_of_the_metadata_that_changed() {
    let place = corpus();
    place.write("meta.csv", "path,published,title\n01.txt,2001-01-01,One\n02.txt,2002-02-02,Two\n");
    assert_eq!(kept(&place, &["--metadata", "meta.csv"]), 0);
    assert_eq!(kept(&place, &["--metadata", "meta.csv"]), 13);
    place.write("meta.csv", "path,published,title\n01.txt,2001-01-01,One\n02.txt,2002-02-03,Two\n");
    assert_eq!(kept(&place, &["--metadata", "meta.csv"]), 12);
    assert_eq!(place.document("corpus/02.txt")["published"], "2002-02-03");
    place.write("meta.csv", "path,title,published,unknown\n02.txt,Two,2002-02-03,x\n01.txt,Another,2001-01-01,x\n");
    assert_eq!(kept(&place, &["--metadata", "meta.csv"]), 12);
    assert_eq!(kept(&place, &[]), 11);
}

#[test]
fn an_option_or_a_row_of_a_dictionary_changes_everything() {
    let place = corpus();
    place.write("mine/companies.csv", COMPANIES);
    assert_eq!(kept(&place, &[]), 0);
    for arguments in [
        &["--published", "2012-04-03"][..],
        &["--published", "2012-04-04"],
        &["--date-order", "dmy"],
        &["--csv", "spreadsheet"],
        &["--offset-unit", "byte"],
        &["--format", "csv"],
        &["--format", "jsonl"],
        &["--add-dictionaries", "mine"],
    ] {
        let arguments = [&["--csv", "exact"], arguments].concat();
        let arguments = if arguments.contains(&"spreadsheet") { &arguments[2..] } else { &arguments };
        let again = |place: &Place| {
            let first = place.dateline(&[&["run"], arguments].concat());
            let fresh = place.dateline(&[&["run", "--fresh", "-o", "fresh"], arguments].concat());
            assert_eq!((first.code, fresh.code), (1, 1), "{} {}", first.stderr, fresh.stderr);
            assert!(place.snapshot("output") == place.snapshot("fresh"), "{arguments:?} differs from a fresh run");
            first.stderr.contains("; 13 unchanged since the earlier run")
        };
        assert!(!again(&place), "{arguments:?} changes nothing");
        assert!(again(&place), "{arguments:?} is not known again");
    }
    place.write("mine/companies.csv", format!("{COMPANIES}zorbleton,Zorbleton,,,low,,,,,,,,\n"));
    assert_eq!(kept(&place, &["--add-dictionaries", "mine"]), 0);
    assert!(place.read("output/mentions.csv").contains(",zorbleton,"));
    assert_eq!(kept(&place, &["--add-dictionaries", "mine"]), 13);
}

/// The state may be deleted, damaged or another's, and the output changed by anybody: nothing of that is used.
#[test]
fn what_cannot_be_trusted_is_not_used() {
    let place = corpus();
    let state = format!("output/{STATE}");
    assert_eq!(kept(&place, &[]), 0);
    let whole = place.read_bytes(&state);
    let mut damaged =
        vec![Vec::new(), b"nonsense".to_vec(), whole[..whole.len() / 2].to_vec(), [&whole[..], b"x"].concat()];
    for at in [0, 20, 60, 100, whole.len() / 2, whole.len() - 40, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        damaged.push(bytes);
    }
    for (i, bytes) in damaged.iter().enumerate() {
        place.write(&state, bytes);
        assert!(!place.run(&[]).stderr.contains("unchanged"), "the damage {i} is not seen");
        assert!(place.read_bytes(&state) == whole);
    }
    fs::remove_file(place.path(&state)).unwrap();
    assert_eq!(place.dateline(&["verify", "output"]).code, 0);
    assert_eq!(kept(&place, &[]), 0);
    for name in ["documents.csv", "mentions.csv", "annotations.jsonl"] {
        let path = format!("output/{name}");
        let text = place.read(&path);
        place.write(&path, text.replace("Microsoft", "Macrosoft"));
        assert_eq!(kept(&place, &[]), if text.contains("Microsoft") { 0 } else { 13 }, "{name}");
        fs::remove_file(place.path(&path)).unwrap();
        assert_eq!(kept(&place, &[]), 0, "{name}");
    }
    // What does not hold rows of documents may go: it is made anew in any case.
    fs::remove_file(place.path("output/entities.csv")).unwrap();
    fs::remove_file(place.path("output/run.json")).unwrap();
    assert_eq!(kept(&place, &[]), 13);
}

/// The same bytes whatever the threads, the locale, the time zone and the order in which the folder lists its files.
#[test]
fn the_same_bytes_everywhere() {
    let one = Place::new();
    let two = Place::new();
    let names: Vec<String> = (0..60).map(|i| format!("corpus/{}/{:03}.txt", i % 7, i * 37 % 60)).collect();
    let contents = |name: &str| {
        let number = name.bytes().map(usize::from).sum::<usize>();
        let spoiled = if number.is_multiple_of(9) { "\0" } else { "" };
        format!("{}On Monday it rained, and number {number} said so.\n{spoiled}", ARTICLE.repeat(1 + number % 5))
    };
    for name in &names {
        one.write(name, contents(name));
    }
    for name in names.iter().rev() {
        two.write(name, contents(name));
    }
    let run = |place: &Place, threads: &str, variables: &[(&str, &str)]| {
        let output = format!("out-{threads}-{}", variables.len());
        let ended = std::process::Command::new(assert_cmd::cargo::cargo_bin("dateline"))
            .args(["run", "-j", threads, "--fresh", "-o", &output])
            .envs(variables.iter().copied())
            .current_dir(place.root.path())
            .output()
            .unwrap();
        assert_eq!(ended.status.code(), Some(1));
        let mut files = place.snapshot(&output);
        files.insert(STATE.to_string(), place.read_bytes(&format!("{output}/{STATE}")));
        files
    };
    let first = run(&one, "1", &[]);
    for (place, threads, variables) in [
        (&one, "2", &[][..]),
        (&one, "8", &[]),
        (&two, "2", &[("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")]),
        (&two, "3", &[("TZ", "America/Los_Angeles"), ("LANG", "C"), ("LC_ALL", "C"), ("HOME", "/nowhere")]),
    ] {
        let other = run(place, threads, variables);
        assert_eq!(first.len(), other.len());
        for (name, bytes) in &first {
            assert!(other.get(name) == Some(bytes), "{name} differs with {threads} threads and {variables:?}");
        }
    }
}
