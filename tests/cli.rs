//! Does the program behave? The built command on temporary folders.

#[path = "support/place.rs"]
mod place;

use place::{ARTICLE, Place};
use serde_json::Value;
use std::fs;

fn spoils() -> [&'static str; 9] {
    [
        "annotations.jsonl",
        "claims.csv",
        "documents.csv",
        "entities.csv",
        "mentions.csv",
        "quotations.csv",
        "review.csv",
        "run.json",
        "times.csv",
    ]
}

#[test]
fn a_run_writes_every_file_of_the_contract() {
    let place = Place::new();
    place.write("corpus/b.md", "# A Title Here\n\nMicrosoft spoke.\n").write("corpus/a.txt", ARTICLE);
    let ended = place.dateline(&["run"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(ended.stdout, "");
    assert_eq!(place.snapshot("output").keys().map(String::as_str).collect::<Vec<_>>(), spoils());
    for (file, columns) in [
        (
            "documents.csv",
            "document,path,status,message,title,author,source,url,published,published_from,articles,characters,words,mentions,times,quotations,claims",
        ),
        ("mentions.csv", "document,article,id,line,start,end,text,type,entity,canonical,in_dictionary,rule"),
        (
            "entities.csv",
            "entity,type,canonical,in_dictionary,mentions,documents,first_published,last_published,forms,homepage,ticker",
        ),
        ("times.csv", "document,article,id,line,start,end,text,type,value,mod,rule"),
        (
            "quotations.csv",
            "document,article,id,line,start,end,text,kind,speaker_name,speaker_entity,role,affiliation,cue,speaker,date,mentions,before,after,rule",
        ),
        (
            "claims.csv",
            "document,article,id,line,start,end,date,type,subject,object,summary,modality,polarity,attribution,amount_low,amount_high,currency,unit,date_text,date_from,date_of,date_inferred,subject_entity,object_entity,roles,quotation,same_as,text,rule",
        ),
    ] {
        let text = place.read(&format!("output/{file}"));
        assert!(text.starts_with(&format!("\u{feff}{columns}\r\n")), "{file}");
    }
    let documents = place.rows("output/documents.csv");
    assert_eq!(documents.iter().map(|row| row["path"].as_str()).collect::<Vec<_>>(), ["corpus/a.txt", "corpus/b.md"]);
    assert_eq!((documents[1]["title"].as_str(), documents[1]["status"].as_str()), ("A Title Here", "annotated"));
    let lines: Vec<&str> = ended.stderr.lines().collect();
    assert!(lines[0].starts_with("Annotated 2 documents, ") && lines[0].contains(" MB/s"), "{}", ended.stderr);
    let last = lines.last().unwrap();
    assert!(last.starts_with("Open ") && last.contains(".csv first: "), "{}", ended.stderr);
}

#[test]
fn every_row_points_at_its_words() {
    let place = Place::new();
    place.write("corpus/a.txt", format!("💡 Über — “naïve”\n\n{ARTICLE}"));
    for (unit, slice) in [
        (
            "codepoint",
            (|text: &str, from, to| text.chars().take(to).skip(from).collect()) as fn(&str, usize, usize) -> String,
        ),
        ("byte", |text, from, to| text[from..to].to_string()),
        ("utf16", |text, from, to| String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[from..to]).unwrap()),
    ] {
        assert_eq!(place.run(&["--offset-unit", unit]).code, 0);
        let object = &place.objects()[0];
        let text = object["text"].as_str().unwrap();
        assert_eq!(object["offset_unit"], unit);
        let mut seen = 0;
        for layer in ["mentions", "times", "quotations", "claims"] {
            for (i, item) in object[layer].as_array().unwrap().iter().enumerate() {
                let (start, end) = (item["start"].as_u64().unwrap() as usize, item["end"].as_u64().unwrap() as usize);
                assert_eq!(slice(text, start, end), item["text"].as_str().unwrap(), "{unit} {layer}");
                assert_eq!(item["id"], format!("{}{}", &layer[..1], i + 1));
                seen += 1;
            }
        }
        assert!(seen >= 3);
        for (row, item) in place.rows("output/mentions.csv").iter().zip(object["mentions"].as_array().unwrap()) {
            assert_eq!((&row["start"], &row["end"]), (&item["start"].to_string(), &item["end"].to_string()));
            let line = 1 + slice(text, 0, item["start"].as_u64().unwrap() as usize).matches('\n').count();
            assert_eq!(row["line"], line.to_string());
        }
    }
}

#[test]
fn entities_are_counted_over_the_run() {
    let place = Place::new();
    place.write("corpus/2012-04-03-a.txt", ARTICLE).write("corpus/2013-04-03-b.txt", ARTICLE);
    assert_eq!(place.run(&[]).code, 0);
    let entities = place.rows("output/entities.csv");
    let microsoft = entities.iter().find(|row| row["entity"] == "microsoft").unwrap();
    for (column, expected) in [
        ("type", "company"),
        ("canonical", "Microsoft"),
        ("in_dictionary", "true"),
        ("mentions", "2"),
        ("documents", "2"),
        ("first_published", "2012-04-03"),
        ("last_published", "2013-04-03"),
        ("forms", "Microsoft"),
    ] {
        assert_eq!(microsoft[column], expected, "{column}");
    }
    let unknown = entities.iter().find(|row| row["in_dictionary"] == "false" && row["type"] == "company").unwrap();
    assert!(unknown["entity"].starts_with("company:acme-widgets"), "{unknown:?}");
}

#[test]
fn encodings_give_the_same_text() {
    let place = Place::new();
    let text = "Microsoft’s café — “good”.";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    place
        .write("corpus/a.txt", text)
        .write("corpus/b.txt", ["\u{feff}", text].concat())
        .write("corpus/c.txt", [&b"\xff\xfe"[..], &utf16].concat())
        .write("corpus/d.txt", b"Microsoft\x92s caf\xe9 \x97 \x93good\x94.");
    assert_eq!(place.run(&[]).code, 0);
    assert!(place.objects().iter().all(|object| object["text"] == text));
    assert!(place.document("corpus/d.txt")["message"].contains("Windows-1252"));
    assert_eq!(place.document("corpus/a.txt")["message"], "");
}

#[test]
fn bad_inputs_get_a_row_a_line_and_exit_code_1() {
    let place = Place::new();
    place
        .write("corpus/good.txt", ARTICLE)
        .write("corpus/empty.txt", "")
        .write("corpus/blank.txt", " \n\n")
        .write("corpus/nul.txt", b"text\0text")
        .write("corpus/pdf.txt", b"%PDF-1.4\n\xe2\xe3")
        .write("corpus/utf16.txt", b"\xff\xfe\x00\xd8a\0")
        .write("corpus/large.txt", "x".repeat(5_000))
        .write("corpus/front.md", "---\ntitle: Only\n---\n\n");
    let ended = place.run(&["corpus", "missing.txt", "--max-bytes", "4k"]);
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    assert_eq!(place.document("corpus/good.txt")["status"], "annotated");
    for (path, status, message) in [
        ("corpus/empty.txt", "skipped", "empty"),
        ("corpus/blank.txt", "skipped", "white space"),
        ("corpus/nul.txt", "skipped", "binary"),
        ("corpus/pdf.txt", "skipped", "PDF"),
        ("corpus/utf16.txt", "skipped", "UTF-16"),
        ("corpus/large.txt", "skipped", "limit of 4 KiB"),
        ("corpus/front.md", "skipped", "white space"),
        ("missing.txt", "failed", "cannot be read"),
    ] {
        let row = place.document(path);
        assert_eq!(row["status"], status, "{path}");
        assert!(row["message"].contains(message), "{path}: {}", row["message"]);
        assert!(ended.stderr.contains(&format!("{path}: {status}: {}", row["message"])), "{}", ended.stderr);
    }
    assert_eq!(place.objects().len(), 1);
    let record: Value = serde_json::from_str(&place.read("output/run.json")).unwrap();
    assert_eq!((&record["counts"]["annotated"], &record["counts"]["skipped"]), (&1.into(), &7.into()));
    assert_eq!(record["inputs"]["listed"], 9);
}

#[test]
fn folders_are_walked_in_byte_order_and_named_files_always_tried() {
    let place = Place::new();
    for name in
        ["b.txt", "a/z.md", "a-b.txt", "a.txt/in.txt", "B.TXT", "README.md", "readme.txt", ".hidden.txt", "x.html", "y"]
    {
        place.write(&format!("in/{name}"), ARTICLE);
    }
    place.write("in/.git/c.txt", ARTICLE);
    let ended = place.run(&["in", "in/README.md", "in/x.html", "in/b.txt"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let paths: Vec<String> = place.rows("output/documents.csv").iter().map(|row| row["path"].clone()).collect();
    assert_eq!(
        paths,
        ["in/B.TXT", "in/a-b.txt", "in/a.txt/in.txt", "in/a/z.md", "in/b.txt", "in/README.md", "in/x.html"]
    );
    assert!(
        ended
            .stderr
            .contains("Passed over: 2 READMEs, 2 dot files and folders, 1 file without extension, 1 file *.html."),
        "{}",
        ended.stderr
    );
}

#[test]
fn standard_input_is_a_document() {
    let place = Place::new();
    let ended = place.dateline_fed(&["run", "-", "--csv", "exact"], ARTICLE.as_bytes());
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(place.document("-")["status"], "annotated");
    assert_eq!(place.dateline_fed(&["run", "-"], b"").code, 1);
}

#[test]
fn publication_dates_come_from_the_first_source_that_has_one() {
    let place = Place::new();
    let dateline = "PARIS, March 3, 2003 — Microsoft spoke.\n";
    place
        .write("corpus/one.txt", dateline)
        .write("corpus/two.md", format!("---\ntitle: Two\ndate: 2002-02-02\n---\n{dateline}"))
        .write("corpus/three.txt", dateline)
        .write("corpus/four.txt", "Published: 4 April 2004\n\nMicrosoft spoke.\n")
        .write("corpus/2005-05-05-five.txt", "Microsoft spoke.\n")
        .write("corpus/six.txt", "Microsoft spoke.\n")
        .write("corpus/sub/twin.txt", "Microsoft spoke.\n")
        .write("corpus/twin.txt", "Microsoft spoke.\n")
        .write(
            "meta.csv",
            "path,published,title,url,source,author\r\ncorpus/one.txt,2001-01-01,One,https://one.example,The Source,Kit\r\nthree.txt,,Three,,,\r\ntwin.txt,2009-09-09,,,,\r\nabsent.txt,2009-09-09,,,,\r\nsix.txt,soon,,,,\r\n",
        );
    let ended = place.run(&["--metadata", "meta.csv", "--published", "2006-06-06"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    for (path, published, from, title) in [
        ("corpus/one.txt", "2001-01-01", "metadata", "One"),
        ("corpus/two.md", "2002-02-02", "front matter", "Two"),
        ("corpus/three.txt", "2003-03-03", "dateline", "Three"),
        ("corpus/four.txt", "2004-04-04", "byline", ""),
        ("corpus/2005-05-05-five.txt", "2005-05-05", "file name", ""),
        ("corpus/six.txt", "2006-06-06", "option", ""),
        ("corpus/twin.txt", "2006-06-06", "option", ""),
    ] {
        let row = place.document(path);
        assert_eq!((row["published"].as_str(), row["published_from"].as_str()), (published, from), "{path}");
        assert_eq!(row["title"], title, "{path}");
    }
    let one = place.document("corpus/one.txt");
    assert_eq!(
        (one["url"].as_str(), one["source"].as_str(), one["author"].as_str()),
        ("https://one.example", "The Source", "Kit")
    );
    assert!(ended.stderr.contains("meta.csv:6: `soon`"), "{}", ended.stderr);
    assert!(ended.stderr.contains("2 rows of the metadata belong to no document"), "{}", ended.stderr);
    assert_eq!(place.run(&[]).code, 0);
    assert_eq!(place.document("corpus/six.txt")["published"], "");
    let object = place.objects().into_iter().find(|object| object["path"] == "corpus/six.txt").unwrap();
    assert!(object["published"].is_null() && object["published_from"].is_null());
}

#[test]
fn what_cannot_start_says_so_and_writes_nothing() {
    let place = Place::new();
    let company = "id,name,aliases,parent,risk,context,block,rank,from,until,ticker,cik,homepage\n";
    place
        .write("in/a.txt", ARTICLE)
        .write("bad/companies.csv", format!("{company}x,,,,sometimes,,,,,,,,\n"))
        .write("odd/company.csv", company)
        .write("cafe/companies.csv", [company.as_bytes(), b"caf\xe9\n"].concat())
        .write("meta.csv", "name\nx\n")
        .write("taken", "a file");
    for (arguments, message) in [
        (&["in", "--dictionaries", "bad"][..], "companies.csv:2: "),
        (&["in", "--dictionaries", "cafe"], "companies.csv:2: not valid UTF-8"),
        (&["in", "--dictionaries", "odd"], "no dictionary has this name"),
        (&["in", "--dictionaries", "nowhere"], "nowhere"),
        (&["in", "--metadata", "meta.csv"], "meta.csv:1: the header has no column `path`"),
        (&["in", "--metadata", "none.csv"], "none.csv"),
        (&["in", "--published", "soon"], "2012-04-03"),
        (&["in", "--max-bytes", "0"], "--max-bytes"),
        (&["in", "--format", "xml"], "xml"),
        (&["in", "-o", "taken"], "taken"),
        (&["in", "-o", "taken/inside"], "taken/inside"),
        (&[], "corpus"),
    ] {
        let ended = place.run(arguments);
        assert_eq!(ended.code, 2, "{arguments:?}: {}", ended.stderr);
        assert!(ended.stderr.contains(message), "{arguments:?}: {}", ended.stderr);
        assert!(!place.path("output").exists(), "{arguments:?}");
    }
    assert_eq!(place.read("taken"), "a file");
}

#[test]
fn dictionaries_are_replaced_and_added_to() {
    let place = Place::new();
    let company = "id,name,aliases,parent,risk,context,block,rank,from,until,ticker,cik,homepage\n";
    let added = format!("{company}zorbleton,Zorbleton,,,low,,,,,,NYSE:ZRB,,https://zorbleton.example\n");
    place.write("corpus/a.txt", "Zorbleton and Microsoft spoke.\n").write("mine/companies.csv", added);
    place.write("mine/README.md", "Not a dictionary.\n");
    let known = |place: &Place| -> Vec<String> {
        let rows = place.rows("output/mentions.csv");
        rows.iter().filter(|row| row["in_dictionary"] == "true").map(|row| row["entity"].clone()).collect()
    };
    assert_eq!(place.run(&["--add-dictionaries", "mine"]).code, 0);
    assert_eq!(known(&place), ["zorbleton", "microsoft"]);
    let row = place.rows("output/entities.csv").into_iter().find(|row| row["entity"] == "zorbleton").unwrap();
    assert_eq!((row["ticker"].as_str(), row["homepage"].as_str()), ("NYSE:ZRB", "https://zorbleton.example"));
    assert_eq!(place.run(&[]).code, 0);
    assert_eq!(known(&place), ["microsoft"]);
    assert_eq!(place.dateline(&["dict", "check"]).code, 0);
    let found = place.dateline(&["dict", "find", "Zorbleton", "--add-dictionaries", "mine"]);
    assert!(found.code == 0 && found.stdout.contains("company zorbleton"), "{} {}", found.stdout, found.stderr);
    assert_eq!(place.dateline(&["dict", "find", "Zorbleton"]).code, 1);
    place.write("bad/cues.csv", "nonsense\n");
    let checked = place.dateline(&["dict", "check", "bad"]);
    assert!(checked.code == 1 && checked.stderr.starts_with("cues.csv:1: "), "{}", checked.stderr);
}

#[test]
fn the_record_knows_no_place_and_no_time() {
    let (one, two) = (Place::new(), Place::new());
    one.write("corpus/a.txt", ARTICLE);
    two.write("corpus/a.txt", ARTICLE);
    let absolute = two.path("out").display().to_string();
    assert_eq!(one.dateline(&["run", "-j", "1"]).code, 0);
    assert_eq!(two.dateline(&["run", "-j", "2", "-o", &absolute, "--fresh"]).code, 0);
    assert_eq!(one.snapshot("output"), two.snapshot("out"));
    let input = one.path("corpus").display().to_string();
    assert_eq!(one.dateline(&["run", &input, "-o", "elsewhere"]).code, 0);
    assert!(!one.read("elsewhere/run.json").contains(&one.root.path().display().to_string()));
}

#[test]
fn verify_tells_whole_from_mixed() {
    let place = Place::new();
    place.write("corpus/a.txt", ARTICLE);
    assert_eq!(place.dateline(&["verify", "output"]).code, 2);
    assert_eq!(place.run(&[]).code, 0);
    let whole = place.dateline(&["verify", "output"]);
    assert!(whole.code == 0 && whole.stderr.contains("is whole"), "{}", whole.stderr);
    let claims = place.read("output/claims.csv");
    place.write("output/claims.csv", format!("{claims}more\n"));
    let mixed = place.dateline(&["verify", "output"]);
    assert!(mixed.code == 1 && mixed.stderr.contains("claims.csv"), "{}", mixed.stderr);
    fs::remove_file(place.path("output/claims.csv")).unwrap();
    assert_eq!(place.dateline(&["verify", "output"]).code, 1);
    fs::remove_file(place.path("output/run.json")).unwrap();
    assert_eq!(place.dateline(&["verify", "output"]).code, 1);
    place.write("output/run.json", "{}");
    assert_eq!(place.dateline(&["verify", "output"]).code, 2);
}

#[test]
fn a_run_replaces_what_the_earlier_one_wrote_and_nothing_else() {
    let place = Place::new();
    place.write("corpus/a.txt", ARTICLE);
    assert_eq!(place.run(&[]).code, 0);
    place.write("output/notes.txt", "mine").write("output/.claims.csv.partial", "left by a kill");
    assert_eq!(place.run(&["--format", "csv"]).code, 0);
    assert!(!place.path("output/annotations.jsonl").exists());
    assert!(!place.path("output/.claims.csv.partial").exists());
    assert_eq!(place.read("output/notes.txt"), "mine");
    assert_eq!(place.dateline(&["verify", "output"]).code, 0);
    assert_eq!(place.run(&["--format", "jsonl"]).code, 0);
    let left: Vec<String> = place.snapshot("output").into_keys().collect();
    assert_eq!(left, ["annotations.jsonl", "documents.csv", "notes.txt", "run.json"]);
    assert_eq!(place.dateline(&["verify", "output"]).code, 0);
}

#[test]
fn formulas_are_guarded_in_every_cell_for_spreadsheets_only() {
    let place = Place::new();
    place.write("=HYPERLINK(1).md", "---\ntitle: \"=1+1\"\nauthor: '@me'\n---\nMicrosoft spoke.\n");
    place.write("-rf.txt", "'Microsoft' spoke.\n");
    let names = ["./=HYPERLINK(1).md", "=HYPERLINK(1).md", "--", "-rf.txt"];
    assert_eq!(place.dateline(&[&["run"], &names[..]].concat()).code, 0);
    let rows = place.rows("output/documents.csv");
    let paths: Vec<&str> = rows.iter().map(|row| row["path"].as_str()).collect();
    assert_eq!(paths, ["./=HYPERLINK(1).md", "'=HYPERLINK(1).md", "'-rf.txt"]);
    assert_eq!((rows[0]["title"].as_str(), rows[0]["author"].as_str()), ("'=1+1", "'@me"));
    assert_eq!(place.objects()[0]["title"], "=1+1");
    assert_eq!(place.run(&names).code, 0);
    assert_eq!(place.document("=HYPERLINK(1).md")["title"], "=1+1");
}

#[test]
fn eval_prints_a_table() {
    let place = Place::new();
    place.write("corpus/a.txt", "Microsoft spoke.\n");
    assert_eq!(place.run(&[]).code, 0);
    let gold = r#"{"file": "a.txt", "entities": [{"start": 0, "end": 9, "text": "Microsoft", "type": "company", "canonical": "Microsoft"},
        {"start": 10, "end": 15, "text": "spoke", "type": "product", "canonical": "Spoke"}], "quotations": [], "claims": []}"#;
    place.write("gold/a.json", gold).write("gold/notes.json", "{}");
    let table = place.dateline(&["eval", "gold", "output/annotations.jsonl", "--types", "--errors", "entities", "5"]);
    assert_eq!(table.code, 0, "{}", table.stderr);
    let lines: Vec<&str> = table.stdout.lines().collect();
    assert_eq!(lines[0], "1 gold files, 1 predicted");
    assert_eq!(lines[2], "entities                  100.0   50.0   66.7      2");
    assert_eq!(lines.last(), Some(&"MISS\ta.txt\tproduct\tspoke"));
    for arguments in [
        &["eval", "nowhere", "output/annotations.jsonl"][..],
        &["eval", "gold", "nowhere"],
        &["eval", "corpus", "output/annotations.jsonl"],
        &["eval", "gold", "output/claims.csv"],
        &["eval", "gold", "output/annotations.jsonl", "--errors", "nonsense"],
    ] {
        assert_eq!(place.dateline(arguments).code, 2, "{arguments:?}");
    }
}

#[test]
fn words_of_texts_never_reach_the_terminal_raw() {
    let place = Place::new();
    place.write("corpus/a.txt", "Microsoft spoke.\n");
    assert_eq!(place.run(&[]).code, 0);
    let gold =
        r#"{"file": "a.txt", "entities": [{"start": 10, "end": 15, "text": "\u001b[31m\u202e", "type": "product"}]}"#;
    place.write("gold/a.json", gold);
    let listed = place.dateline(&["eval", "gold", "output/annotations.jsonl", "--errors", "entities"]);
    assert_eq!(listed.code, 0, "{}", listed.stderr);
    assert!(listed.stdout.contains("\\u{1b}[31m\\u{202e}") && !listed.stdout.contains(['\u{1b}', '\u{202e}']));
    let found = place.dateline(&["dict", "find", "\u{1b}[31m Microsoft"]);
    assert!(found.code == 0 && !found.stdout.contains('\u{1b}'), "{}", found.stdout);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use std::process::Stdio;

    fn fifo(path: &Path) {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    /// A FIFO that is opened would stop the run for ever.
    #[test]
    fn what_is_no_file_is_never_opened() {
        let place = Place::new();
        place.write("in/good.txt", ARTICLE).write("elsewhere/far.txt", ARTICLE);
        fifo(&place.path("in/pipe.txt"));
        fifo(&place.path("in/pipe"));
        symlink(place.path("in"), place.path("in/loop")).unwrap();
        symlink("itself.txt", place.path("in/itself.txt")).unwrap();
        symlink("gone.txt", place.path("in/dangling.txt")).unwrap();
        symlink("good.txt", place.path("in/link.txt")).unwrap();
        symlink("../elsewhere", place.path("in/folder.txt")).unwrap();
        symlink("/dev/zero", place.path("in/zero.txt")).unwrap();
        let ended = place.run(&["in", "in/pipe", "/dev/zero"]);
        assert_eq!(ended.code, 1, "{}", ended.stderr);
        for (path, status, message) in [
            ("in/good.txt", "annotated", ""),
            ("in/link.txt", "annotated", ""),
            ("in/pipe.txt", "skipped", "a FIFO"),
            ("in/pipe", "skipped", "a FIFO"),
            ("in/zero.txt", "skipped", "a device"),
            ("/dev/zero", "skipped", "a device"),
            ("in/itself.txt", "failed", "cannot be read"),
            ("in/dangling.txt", "failed", "cannot be read"),
        ] {
            let row = place.document(path);
            assert_eq!(row["status"], status, "{path}");
            assert!(row["message"].contains(message), "{path}: {}", row["message"]);
        }
        assert_eq!(place.rows("output/documents.csv").len(), 8);
        assert!(ended.stderr.contains("2 links to folders"), "{}", ended.stderr);
    }

    #[test]
    fn names_of_files_never_reach_the_terminal_raw() {
        let place = Place::new();
        let root = place.root.path().join("in");
        fs::create_dir(&root).unwrap();
        let names: [&[u8]; 4] = [b"two\nlines.txt", b"\x1b[31mred.txt", b"caf\xe9.txt", "\u{202e}txt.txt".as_bytes()];
        for name in names {
            fs::write(root.join(OsStr::from_bytes(name)), "").unwrap();
        }
        let ended = place.run(&["in"]);
        assert_eq!(ended.code, 1);
        for shown in ["in/two\\nlines.txt: skipped", "in/\\u{1b}[31mred.txt", "in/caf\\xE9.txt", "in/\\u{202e}txt.txt"]
        {
            assert!(ended.stderr.contains(shown), "{}", ended.stderr);
        }
        assert!(!ended.stderr.contains(['\u{1b}', '\u{202e}']));
        assert_eq!(place.document("in/two\nlines.txt")["status"], "skipped");
        assert_eq!(place.rows("output/documents.csv").len(), names.len());
    }

    #[test]
    fn a_reader_that_stops_reading_is_no_failure() {
        let place = Place::new();
        place.write("corpus/a.txt", ARTICLE).write("gold/a.json", r#"{"file": "a.txt"}"#);
        assert_eq!(place.run(&[]).code, 0);
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("dateline"))
            .args(["eval", "gold", "output/annotations.jsonl"])
            .current_dir(place.root.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}
