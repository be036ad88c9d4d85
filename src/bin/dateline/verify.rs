//! `dateline verify`: whether an output folder is whole.

use crate::args::VerifyArgs;
use crate::output::{RECORD, read_record};
use crate::{Outcome, report};
use anyhow::Context;
use std::fs::{self, File};
use std::io;

/// Compares every file of the folder with the hash that its record has.
pub fn verify(args: &VerifyArgs) -> anyhow::Result<Outcome> {
    let folder = &args.output;
    let shown = folder.display();
    fs::read_dir(folder).with_context(|| format!("cannot read {shown}"))?;
    if !folder.join(RECORD).exists() {
        report::say(&format!("{shown}: no {RECORD}: no finished run has written here"));
        return Ok(Outcome::Partly);
    }
    let record = read_record(folder)?;
    let mut wrong = 0;
    for file in &record.files {
        let path = folder.join(&file.file);
        let hash = File::open(&path).and_then(|mut file| {
            let mut hasher = blake3::Hasher::new();
            io::copy(&mut file, &mut hasher)?;
            Ok(hasher.finalize().to_hex().to_string())
        });
        let fault = match hash {
            Ok(hash) if hash == file.blake3 => continue,
            Ok(_) => "is not the file that this run wrote".to_string(),
            Err(error) => format!("cannot be read: {error}"),
        };
        report::say(&format!("{}: {fault}", path.display()));
        wrong += 1;
    }
    if wrong > 0 {
        report::say(&format!("{shown} is mixed or changed: run dateline again to make it whole"));
        return Ok(Outcome::Partly);
    }
    let files = report::count(record.files.len() as u64, "file", "files");
    report::say(&format!("{shown} is whole: {files} as {RECORD} has them"));
    Ok(Outcome::Done)
}
