//! The command: files, threads, terminal and exit code around the library.

mod args;
mod batch;
mod build;
mod corpus;
mod dict;
mod dictionaries;
mod eval;
mod lanes;
mod metadata;
mod output;
mod report;
mod resume;
mod run;
mod verify;

use args::{Command, DictTask, Task};
use clap::Parser;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a command ended that could start.
pub enum Outcome {
    /// Everything was done.
    Done,
    /// Something was skipped or failed, or is not as it should be.
    Partly,
}

fn main() -> ExitCode {
    let command = Command::parse();
    let outcome = match &command.task {
        Task::Run(args) => run::run(args),
        Task::Eval(args) => eval::eval(args),
        Task::Verify(args) => verify::verify(args),
        Task::Dict(DictTask::Check { folder, add_dictionaries }) => {
            dict::check(folder.as_deref(), add_dictionaries.as_deref())
        }
        Task::Dict(DictTask::Find { name, dictionaries }) => dict::find(name, dictionaries),
        Task::Dict(DictTask::Build(args)) => build::build(args),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report::say(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Whether whoever read our output has stopped reading, which is no failure of ours.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| cause.downcast_ref::<io::Error>().map(io::Error::kind);
    error.chain().any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}

/// Prints an answer on standard output. Words of texts are in it, so controls are shown there too, never sent.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(report::visible_lines(text).as_bytes())?;
    out.flush()?;
    Ok(())
}
