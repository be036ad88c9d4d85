//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use dateline::emit::Profile;
use dateline::gazetteer::EntityType;
use dateline::ingest::read_date;
use dateline::offsets::OffsetUnit;
use dateline::timex::DateOrder;
use jiff::civil::Date;
use std::path::PathBuf;

/// Reads tech articles and writes who did what, when, according to whom, and in whose words.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Command {
    #[command(subcommand)]
    pub task: Task,
}

#[derive(Debug, Subcommand)]
pub enum Task {
    /// Annotate articles and write spreadsheets and JSON Lines
    Run(Box<RunArgs>),
    /// Score annotations against a folder of gold files
    Eval(EvalArgs),
    /// Tell why a row of a run is there: its trigger, its roles, its date, and what was refused
    Explain(ExplainArgs),
    /// Say whether an output folder is whole: every file as its run.json has it
    Verify(VerifyArgs),
    /// Work with the dictionaries
    #[command(subcommand)]
    Dict(DictTask),
}

#[derive(Debug, Args)]
pub struct RunArgs {
    /// Files and folders to read, or - for standard input. In folders, .txt and .md files are read; README and dot
    /// files are not. A file named here is always tried
    #[arg(default_value = "corpus", value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// The folder to write
    #[arg(short, long, default_value = "output", value_name = "DIR")]
    pub output: PathBuf,
    /// How many threads to use; 0 for all processors. The output is the same for any number
    #[arg(short = 'j', long = "jobs", default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u16).range(..=1024))]
    pub jobs: u16,
    /// A table of what is known of the articles: path, published, title, url, source, author
    #[arg(long, value_name = "FILE.csv")]
    pub metadata: Option<PathBuf>,
    /// The publication date of articles that state none
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub published: Option<Date>,
    /// How to read dates of numbers alone, such as 03/04/2012
    #[arg(long, value_name = "ORDER", value_enum)]
    pub date_order: Option<DateOrderArg>,
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
    /// What to write: run.json and documents.csv always are
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["csv", "jsonl"], value_name = "FORMATS")]
    pub format: Vec<Format>,
    /// For whom the CSV files are: spreadsheets (byte-order mark, CRLF, formulas guarded with ', long cells cut) or
    /// programs (exact)
    #[arg(long, value_enum, default_value = "spreadsheet", value_name = "PROFILE")]
    pub csv: ProfileArg,
    /// What offsets count
    #[arg(long, value_enum, default_value = "codepoint", value_name = "UNIT")]
    pub offset_unit: UnitArg,
    /// Refuse larger files. A number of bytes, or one with k, M or G
    #[arg(long, default_value = "64M", value_name = "N", value_parser = parse_size)]
    pub max_bytes: u64,
    /// Do everything anew, whatever an earlier run has done
    #[arg(long)]
    pub fresh: bool,
}

#[derive(Debug, Default, Args)]
pub struct DictionaryArgs {
    /// Each file in DIR takes the place of the built-in dictionary of its name
    #[arg(long, value_name = "DIR")]
    pub dictionaries: Option<PathBuf>,
    /// The rows of each file in DIR are added to the dictionary of its name
    #[arg(long, value_name = "DIR")]
    pub add_dictionaries: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct EvalArgs {
    /// A folder of gold files, a JSON file an article
    #[arg(value_name = "GOLD_DIR")]
    pub gold: PathBuf,
    /// The annotations.jsonl of a run
    #[arg(value_name = "ANNOTATIONS.jsonl")]
    pub annotations: PathBuf,
    /// Score every type of claim as well
    #[arg(long)]
    pub types: bool,
    /// List the errors of a layer: entities, quoted, block, indirect, claims or dates; and how many at most
    #[arg(long, num_args = 1..=2, value_names = ["LAYER", "N"])]
    pub errors: Vec<String>,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The annotations.jsonl of a run
    #[arg(value_name = "ANNOTATIONS.jsonl")]
    pub annotations: PathBuf,
    /// The document, as the rows name it
    #[arg(value_name = "DOCUMENT")]
    pub document: String,
    /// The id of the row: m1, t1, q1, c1
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The folder that a run wrote
    #[arg(value_name = "OUTPUT")]
    pub output: PathBuf,
}

#[derive(Debug, Subcommand)]
pub enum DictTask {
    /// Check dictionaries: the built-in ones, or those with the files of DIR in their place
    Check {
        /// A folder of dictionary files
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        /// The rows of each file in DIR are added to the dictionary of its name
        #[arg(long, value_name = "DIR")]
        add_dictionaries: Option<PathBuf>,
    },
    /// Show what a name would match, and under which conditions
    Find {
        /// The name, as an article would write it
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        dictionaries: DictionaryArgs,
    },
    /// Turn a plain list of names and types into dictionary files
    Build(BuildArgs),
}

#[derive(Debug, Args)]
pub struct BuildArgs {
    /// A CSV file of two columns: name, and type (company, product, person or organization)
    #[arg(value_name = "FROM.csv")]
    pub list: PathBuf,
    /// The type of the names whose second column is missing or blank
    #[arg(long = "type", value_name = "TYPE", value_enum)]
    pub entity_type: Option<TypeArg>,
    /// The folder to write the dictionary files into; use it with --add-dictionaries
    #[arg(short, long, default_value = "my-dictionaries", value_name = "DIR")]
    pub output: PathBuf,
    #[command(flatten)]
    pub dictionaries: DictionaryArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum TypeArg {
    Company,
    Product,
    Person,
    Organization,
}

impl From<TypeArg> for EntityType {
    fn from(entity_type: TypeArg) -> EntityType {
        match entity_type {
            TypeArg::Company => EntityType::Company,
            TypeArg::Product => EntityType::Product,
            TypeArg::Person => EntityType::Person,
            TypeArg::Organization => EntityType::Organization,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Csv,
    Jsonl,
}

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DateOrderArg {
    Mdy,
    Dmy,
    Ymd,
}

impl DateOrderArg {
    pub fn name(self) -> &'static str {
        match self {
            DateOrderArg::Mdy => "mdy",
            DateOrderArg::Dmy => "dmy",
            DateOrderArg::Ymd => "ymd",
        }
    }
}

impl From<DateOrderArg> for DateOrder {
    fn from(order: DateOrderArg) -> DateOrder {
        match order {
            DateOrderArg::Mdy => DateOrder::MonthDayYear,
            DateOrderArg::Dmy => DateOrder::DayMonthYear,
            DateOrderArg::Ymd => DateOrder::YearMonthDay,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ProfileArg {
    Spreadsheet,
    Exact,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Profile {
        match profile {
            ProfileArg::Spreadsheet => Profile::Spreadsheet,
            ProfileArg::Exact => Profile::Exact,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum UnitArg {
    Codepoint,
    Byte,
    Utf16,
}

impl From<UnitArg> for OffsetUnit {
    fn from(unit: UnitArg) -> OffsetUnit {
        match unit {
            UnitArg::Codepoint => OffsetUnit::CodePoint,
            UnitArg::Byte => OffsetUnit::Byte,
            UnitArg::Utf16 => OffsetUnit::Utf16,
        }
    }
}

fn parse_date(text: &str) -> Result<Date, String> {
    read_date(text, None).ok_or_else(|| "give a calendar date such as 2012-04-03".to_string())
}

fn parse_size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let scale = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return Err("give a number of bytes, or one with k, M or G".to_string()),
    };
    let number: u64 = digits.parse().map_err(|_| "give a number of bytes, or one with k, M or G".to_string())?;
    match number.checked_mul(scale) {
        Some(0) => Err("no file is that small".to_string()),
        Some(size) => Ok(size),
        None => Err("that is more than can be counted".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Command::command().debug_assert();
    }

    #[test]
    fn sizes() {
        for (text, expected) in
            [("1000", Some(1000)), ("64M", Some(64 << 20)), ("2k", Some(2048)), ("0", None), ("x", None), ("5X", None)]
        {
            assert_eq!(parse_size(text).ok(), expected, "{text}");
        }
    }
}
