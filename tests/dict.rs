//! Do the commands about dictionaries behave? A list becomes rows, a run proposes rows, and the rows are used.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn dateline() -> Command {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect(name)
}

#[test]
fn a_list_of_names_becomes_rows_that_pass_the_checks() {
    let folder = tempdir().unwrap();
    let list = folder.path().join("names.csv");
    fs::write(
        &list,
        "name,type\nBox,company\nAccident,company\nQuillon Widgets,Company\nquillon widgets,company\nTarnholt,product\nTarnholt,company\nMara Vossbury,person\nNordlow\n",
    )
    .unwrap();
    let mine = folder.path().join("mine");
    let build =
        dateline().args(["dict", "build", "--type", "organization", "-o"]).arg(&mine).arg(&list).assert().success();
    let told = String::from_utf8_lossy(&build.get_output().stderr).into_owned();
    assert!(
        told.contains("Wrote 6 rows") && told.contains("1 known already") && told.contains("1 listed twice"),
        "{told}"
    );
    let companies = read(&mine, "companies.csv");
    let rows: Vec<&str> = companies.lines().skip(1).collect();
    assert!(
        rows[0].starts_with("accident,Accident,,,high,company|"),
        "an ordinary word has a risk and context: {companies}"
    );
    assert_eq!(rows[1], "quillon-widgets,Quillon Widgets,,,low,,,,,,,,");
    assert_eq!(rows[2], "tarnholt-company,Tarnholt,,,low,,,2,,,,,", "the second thing of a name has a rank");
    assert_eq!(read(&mine, "organizations.csv").lines().nth(1), Some("nordlow,Nordlow,,,low,,,,,,"));
    dateline().args(["dict", "check", "--add-dictionaries"]).arg(&mine).assert().success();
    // Files of the user's are never written over.
    dateline().args(["dict", "build", "-o"]).arg(&mine).arg(&list).assert().code(2);
    assert_eq!(read(&mine, "companies.csv"), companies);
}

#[test]
fn a_mistake_in_a_list_names_its_line() {
    let folder = tempdir().unwrap();
    for (list, expected) in [
        ("Quillon,firm\n", "list.csv:1: `firm` is no type"),
        ("Quillon,company\nTarnholt\n", "list.csv:2: `Tarnholt` has no type"),
    ] {
        let path = folder.path().join("list.csv");
        fs::write(&path, list).unwrap();
        let out = dateline().args(["dict", "build", "-o"]).arg(folder.path().join("mine")).arg(&path).assert().code(2);
        let told = String::from_utf8_lossy(&out.get_output().stderr).into_owned();
        assert!(told.contains(expected), "{told}");
        assert!(!folder.path().join("mine").exists(), "nothing is written");
    }
}

#[test]
fn what_a_name_would_match_and_what_is_near() {
    for (name, code, expected) in [
        ("Citrix", 0, "company citrix (Citrix Systems), as `Citrix`: always"),
        ("ebay", 0, "as `eBay`: not as it is written here"),
        ("Box", 0, "with context only"),
        ("Citrx", 1, "near it\tcompany citrix"),
    ] {
        let out = dateline().args(["dict", "find", name]).assert().code(code);
        let told = String::from_utf8_lossy(&out.get_output().stdout).into_owned();
        assert!(told.contains(expected), "{name}: {told}");
    }
}

#[test]
fn review_proposes_rows_for_names_that_no_dictionary_has() {
    let folder = tempdir().unwrap();
    let article = folder.path().join("a.txt");
    fs::write(
        &article,
        "Quillon Widgets Inc. said on Monday that it had bought Tarnholt GmbH.\n\nQuillon Widgets Inc. makes widgets. Microsoft does not.\n",
    )
    .unwrap();
    let output = folder.path().join("out");
    let run = |extra: &[&str]| {
        dateline()
            .arg("run")
            .arg(&article)
            .arg("-o")
            .arg(&output)
            .args(["--csv", "exact"])
            .args(extra)
            .assert()
            .success();
        let mut reader = csv::Reader::from_path(output.join("review.csv")).unwrap();
        reader.records().map(Result::unwrap).collect::<Vec<_>>()
    };
    let rows = run(&[]);
    assert_eq!(rows.len(), 2, "{rows:?}");
    let cells: Vec<&str> = rows[0].iter().collect();
    assert_eq!(cells[..4], ["Quillon Widgets Inc.", "company", "2", "1"]);
    assert!(cells[4].ends_with("Tarnholt GmbH.") && cells[5].ends_with("makes widgets.") && cells[6].is_empty());
    assert_eq!(cells[7], "companies.csv");
    // The proposed row, pasted under the header of its dictionary, makes the name a known one.
    let mine = folder.path().join("mine");
    fs::create_dir(&mine).unwrap();
    let header = dateline::gazetteer::COMPANY_COLUMNS.join(",");
    fs::write(mine.join("companies.csv"), format!("{header}\n{}\n", cells[8])).unwrap();
    dateline().args(["dict", "check", "--add-dictionaries"]).arg(&mine).assert().success();
    let rows = run(&["--add-dictionaries", mine.to_str().unwrap()]);
    assert_eq!(rows.iter().map(|row| row[0].to_string()).collect::<Vec<_>>(), ["Tarnholt GmbH"]);
}
