//! The hostile files: what lies in the folder, and what must become of it.

/// What lies at a path.
pub enum Kind {
    Bytes(Vec<u8>),
    /// A file of so many bytes that are not on the disk.
    Sparse(u64),
    Folder,
    Fifo,
    Socket,
    Link(&'static str),
    /// A text that its owner may not read.
    Locked,
    LockedFolder,
}

/// What must become of it.
#[derive(Clone, Copy)]
pub enum Expect {
    /// It has its rows.
    Annotated,
    /// It has its rows, and a message that has these words.
    Noted(&'static str),
    /// It is told with a message that has these words.
    Skipped(&'static str),
    Failed(&'static str),
    /// It is no input: a folder, or what is passed over.
    NoRow,
}

use Expect::{Annotated, Failed, NoRow, Noted, Skipped};

pub struct Hostile {
    /// Under the folder of inputs.
    pub path: Vec<u8>,
    pub kind: Kind,
    pub expect: Expect,
}

/// A sentence with a name, a date and a quotation.
pub const PLAIN: &str = "On July 12, 2011, Microsoft bought Larkspur Networks. “We like it,” said Mara Stone.\n";

/// The longest name that file systems have: 255 bytes.
const LONGEST: &str = concat!(
    "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
    "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
    "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn.txt"
);

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

/// All of them, in no order.
pub fn files() -> Vec<Hostile> {
    let mut files = Vec::new();
    let mut add = |path: &[u8], kind: Kind, expect: Expect| files.push(Hostile { path: path.to_vec(), kind, expect });
    for (path, bytes, expect) in encodings().into_iter().chain(binaries()).chain(front_matter()).chain(shapes()) {
        add(path.as_bytes(), Kind::Bytes(bytes), expect);
    }
    for path in names() {
        add(path, Kind::Bytes(PLAIN.into()), Annotated);
        // The same name on a file that is told on standard error.
        add(&[b"told/", path].concat(), Kind::Bytes(b"a\0b".to_vec()), Skipped("NUL"));
    }
    let locked =
        if can_read_locked() { (Annotated, NoRow) } else { (Failed("cannot be read"), Failed("cannot be read")) };
    for (path, kind, expect) in [
        ("folder.txt", Kind::Folder, NoRow),
        ("folder.txt/inside.txt", Kind::Bytes(PLAIN.into()), Annotated),
        ("links/loop", Kind::Link(".."), NoRow),
        ("links/loop.txt", Kind::Link("../links"), NoRow),
        ("links/itself.txt", Kind::Link("itself.txt"), Failed("cannot be read")),
        ("links/one.txt", Kind::Link("other.txt"), Failed("cannot be read")),
        ("links/other.txt", Kind::Link("one.txt"), Failed("cannot be read")),
        ("links/nowhere.txt", Kind::Link("/nowhere/at/all.txt"), Failed("cannot be read")),
        ("links/file.txt", Kind::Link("../folder.txt/inside.txt"), Annotated),
        ("links/device.txt", Kind::Link("/dev/zero"), Skipped("a device")),
        ("links/terminal.txt", Kind::Link("/dev/tty"), Skipped("a device")),
        ("links/pipe.txt", Kind::Link("../pipe.txt"), Skipped("a FIFO")),
        ("pipe.txt", Kind::Fifo, Skipped("a FIFO")),
        ("socket.txt", Kind::Socket, Skipped("a socket")),
        ("locked.txt", Kind::Locked, locked.0),
        ("locked", Kind::LockedFolder, locked.1),
        ("huge.txt", Kind::Sparse(1 << 34), Skipped("more than the limit")),
        (LONGEST, Kind::Bytes(PLAIN.into()), Annotated),
        (".hidden.txt", Kind::Bytes(PLAIN.into()), NoRow),
        ("README", Kind::Bytes(PLAIN.into()), NoRow),
        ("page.html", Kind::Bytes(PLAIN.into()), NoRow),
    ] {
        add(path.as_bytes(), kind, expect);
    }
    files
}

/// Whether permissions hold nobody back here: root reads all.
fn can_read_locked() -> bool {
    let id = std::process::Command::new("id").arg("-u").output().expect("id runs");
    id.stdout.trim_ascii() == b"0"
}

type Row = (String, Vec<u8>, Expect);

fn row(path: &str, bytes: impl Into<Vec<u8>>, expect: Expect) -> Row {
    (path.to_string(), bytes.into(), expect)
}

fn encodings() -> Vec<Row> {
    const NOTE: Expect = Noted("Windows-1252");
    vec![
        row("utf-8-mark.txt", ["\u{feff}", PLAIN].concat(), Annotated),
        row("utf-8-two-marks.txt", ["\u{feff}\u{feff}", PLAIN].concat(), Annotated),
        row("utf-8-mark-alone.txt", "\u{feff}", Skipped("white space")),
        row("utf-16-little.txt", [&b"\xff\xfe"[..], &utf16(PLAIN, u16::to_le_bytes)].concat(), Annotated),
        row("utf-16-big.txt", [&b"\xfe\xff"[..], &utf16(PLAIN, u16::to_be_bytes)].concat(), Annotated),
        row("utf-16-unmarked.txt", utf16(PLAIN, u16::to_le_bytes), Skipped("NUL")),
        row("utf-16-lone-surrogate.txt", b"\xff\xfea\0\0\xd8b\0", Skipped("UTF-16")),
        row("utf-16-odd.txt", b"\xff\xfea\0b", Skipped("UTF-16")),
        row("utf-16-wrong-mark.txt", [&b"\xfe\xff"[..], &utf16("\u{d7ff}text", u16::to_le_bytes)].concat(), Annotated),
        row("utf-32-little.txt", b"\xff\xfe\0\0a\0\0\0", Skipped("UTF-32")),
        row("utf-32-big.txt", b"\0\0\xfe\xff\0\0\0a", Skipped("UTF-32")),
        row("windows-1252.txt", b"Microsoft\x92s caf\xe9 \x97 \x93good\x94 \x80 5.", NOTE),
        row("mixed.txt", [PLAIN.as_bytes(), b"caf\xe9"].concat(), NOTE),
        row("overlong.txt", [PLAIN.as_bytes(), b"\xc0\xaf\xe0\x80\xaf"].concat(), NOTE),
        row("utf-8-surrogates.txt", [PLAIN.as_bytes(), b"\xed\xa0\x80\xed\xb0\x80"].concat(), NOTE),
        // Bytes that Windows-1252 has not are controls, and there are too many of them for the length.
        row("above-unicode.txt", [PLAIN.as_bytes(), b"\xf4\x90\x80\x80"].concat(), Skipped("control characters")),
        row("cut-short.txt", &PLAIN.as_bytes()[..PLAIN.find('“').unwrap_or(0) + 2], NOTE),
        row("stray-tails.txt", [&b"\x80\xbf\x80\xbf "[..], PLAIN.as_bytes()].concat(), NOTE),
        row("shift-jis.txt", b"\x83\x7d\x83\x43\x83\x4e\x83\x8d\x83\x5c\x83\x74\x83\x67 Microsoft \x82\xcd", NOTE),
        row("noncharacters.txt", format!("\u{ffff}\u{fffe}\u{1ffff}{PLAIN}\u{e000}\u{fffd}"), Annotated),
    ]
}

fn binaries() -> Vec<Row> {
    let late = |byte: u8| {
        let mut bytes = PLAIN.repeat(3_000).into_bytes();
        bytes.push(byte);
        bytes
    };
    let random = |len: usize| -> Vec<u8> {
        let mut seed = 1_u64;
        let next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as u8
        };
        std::iter::repeat_with(next).take(len).collect()
    };
    let mut rows = vec![
        row("empty.txt", "", Skipped("empty")),
        row("blank.txt", " \n\t\r\n", Skipped("white space")),
        row("blank-wide.txt", "\u{a0}\u{3000}\u{2028}\u{85}\n", Skipped("white space")),
        row("nul.txt", "\0", Skipped("NUL")),
        row("nuls.txt", vec![0; 100_000], Skipped("NUL")),
        row("nul-late.txt", late(0), Skipped("NUL at byte")),
        row("random.txt", random(10_000), Skipped("NUL")),
        row("controls.txt", (1..32).cycle().take(500).collect::<Vec<u8>>(), Skipped("control characters")),
        row("controls-delete.txt", format!("{PLAIN}\u{7f}\u{8}\u{c}{}", PLAIN.repeat(20)), Annotated),
        row("controls-c1.txt", format!("{}\u{9b}31m", PLAIN.repeat(20)), Annotated),
        row("bell.txt", late(7), Annotated),
    ];
    for (name, start) in [
        ("pdf", &b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"[..]),
        ("zip", b"PK\x03\x04rest"),
        ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1"),
        ("rtf", b"{\\rtf1 text}"),
        ("gzip", b"\x1f\x8b\x08text"),
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("jpeg", b"\xff\xd8\xff\xe0"),
        ("program", b"\x7fELF\x02"),
        ("database", b"SQLite format 3\0"),
    ] {
        rows.push(row(&format!("binary-{name}.txt"), start, Skipped("not text")));
    }
    rows
}

fn front_matter() -> Vec<Row> {
    let field = |value: &str| {
        let fields = ["title", "author", "source", "url", "date"].map(|key| format!("{key}: {value}\n"));
        format!("---\n{}---\n{PLAIN}", fields.concat())
    };
    let bomb: String =
        (1..40).map(|i| format!("a{i}: &a{i} [{}]\n", format!("*a{}, ", i - 1).repeat(9))).collect::<Vec<_>>().concat();
    vec![
        row("front-endless.md", format!("---\ntitle: T\n{}", PLAIN.repeat(10)), Annotated),
        row("front-endless-long.md", format!("---\n{}", "key: value\n".repeat(20_000)), Annotated),
        row("front-alone.md", "---\ntitle: T\n---\n \n", Skipped("white space")),
        row("front-empty.md", format!("---\n---\n{PLAIN}"), Annotated),
        row("front-bomb.md", format!("---\na0: &a0 x\n{bomb}title: *a39\n---\n{PLAIN}"), Annotated),
        row("front-deep.md", format!("---\ntitle: {}\n---\n{PLAIN}", "[".repeat(30_000)), Annotated),
        row("front-deep-lines.md", format!("---\n{}---\n{PLAIN}", "- ".repeat(30_000) + "x\na: b\n"), Annotated),
        row("front-keys.md", format!("---\n{}---\n{PLAIN}", numbered("k", ": v\n", 5_000)), Annotated),
        row("front-tags.md", field("!!python/object/apply:os.system ['true']"), Annotated),
        row("front-formula.md", field("'=HYPERLINK(\"http://x.example\",\"y\")'"), Annotated),
        row("front-plus.md", field("'+1+cmd|x'"), Annotated),
        row("front-minus.md", field("'-1'"), Annotated),
        row("front-at.md", field("'@SUM(A1)'"), Annotated),
        row("front-apostrophe.md", field("\"'=1\""), Annotated),
        row("front-tab.md", field("\"\\t=1\""), Annotated),
        row("front-escapes.md", field("\"\\x1b[31m\\u0000\\u202e\\x9b\\n\\n=1\""), Annotated),
        row("front-surrogate.md", field("\"\\ud800\""), Annotated),
        row("front-no-date.md", format!("---\ndate: 9999-99-99\n---\n{PLAIN}"), Annotated),
        row("front-long-title.md", format!("---\ntitle: {}\n---\n{PLAIN}", "x".repeat(60_000)), Annotated),
        row("front-toml-broken.md", format!("+++\n= = =\n+++\n{PLAIN}"), Noted("no TOML")),
        row("front-toml-deep.md", format!("+++\na = {}\n+++\n{PLAIN}", "[".repeat(30_000)), Noted("no TOML")),
        row("front-toml-tables.md", format!("+++\n{}\n+++\n{PLAIN}", deep_tables(5_000)), Noted("no TOML")),
        row("front-toml-date.md", format!("+++\ndate = 2013-11-20T25:61:61Z\n+++\n{PLAIN}"), Noted("no TOML")),
    ]
}

/// `a.a.a = 1`, so many keys deep.
fn deep_tables(depth: usize) -> String {
    format!("{}a = 1", "a.".repeat(depth))
}

fn numbered(before: &str, after: &str, count: usize) -> String {
    (0..count).map(|i| format!("{before}{i}{after}")).collect()
}

/// Texts that are legal and odd. How the time grows with them is the benchmarks' concern; here nothing is lost.
fn shapes() -> Vec<Row> {
    let cues = "said Mara Stone, “ who told ‘ that \" according to ";
    [
        ("line.txt", PLAIN.trim_end().repeat(1_500)),
        ("word.txt", "x".repeat(200_000)),
        ("word-wide.txt", "é".repeat(100_000)),
        ("letters-apart.txt", "a ".repeat(50_000)),
        ("line-feeds.txt", format!("{}{PLAIN}", "\n".repeat(100_000))),
        ("carriage-returns.txt", PLAIN.replace('\n', "\r").repeat(200)),
        ("line-ends-mixed.txt", format!("{PLAIN}\r{PLAIN}\r\n{PLAIN}\n\r{PLAIN}\u{2028}{PLAIN}\u{85}{PLAIN}")),
        ("marks-straight.txt", "\"".repeat(50_000)),
        ("marks-opened.txt", "“".repeat(50_000)),
        ("marks-closed.txt", "”".repeat(50_000)),
        ("marks-single.txt", "'a ".repeat(30_000)),
        ("marks-open-paragraphs.txt", "“Microsoft spoke.\n\n".repeat(3_000)),
        ("cues-between-marks.txt", cues.repeat(1_500)),
        ("brackets.txt", format!("{}{PLAIN}{}", "(".repeat(30_000), ")".repeat(30_000))),
        ("links.md", "[a](http://x.example/".repeat(5_000)),
        ("addresses.txt", "http://x.example/?=1 ".repeat(5_000)),
        ("fence-endless.md", format!("```\n{}", PLAIN.repeat(50))),
        ("table.md", format!("|{}\n", " a |".repeat(10_000))),
        ("headings.md", numbered("# Heading ", "\n\n", 5_000)),
        ("quoted-deep.md", format!("{} text\n", ">".repeat(10_000))),
        ("lists-deep.md", (0..500).map(|i| format!("{}- item\n", " ".repeat(i))).collect()),
        ("dates.txt", "On July 12, 2011, at 10:30 am, in Q3 FY12, 12/07/2011. ".repeat(1_500)),
        ("date-endless.txt", "12/".repeat(30_000)),
        ("digits.txt", "9".repeat(100_000)),
        ("amounts.txt", "$999999999999999999999999999999999999999999 trillion ".repeat(1_000)),
        ("amount-words.txt", "million ".repeat(20_000)),
        ("names.txt", format!("{} spoke.\n", numbered("Larkspur", " Networks Inc., ", 3_000))),
        ("names-joined.txt", "Microsoft".repeat(10_000)),
        ("names-forms.txt", numbered("Microsoft\u{a0}and ", "  Nokia\n", 2_000)),
        ("capitals.txt", "Big Blue Old Fox ".repeat(5_000)),
        ("possessives.txt", "Microsoft's's's’s ".repeat(3_000)),
        ("abbreviations.txt", "e.g. U.S. Inc. Mr. ".repeat(5_000)),
        ("dots.txt", ".".repeat(100_000)),
        ("hyphens.txt", "-a".repeat(50_000)),
        ("combining.txt", format!("Microsoft{} spoke.\n", "\u{301}".repeat(50_000))),
        ("bidi.txt", format!("\u{202e}{PLAIN}\u{202c}\u{2066}Microsoft\u{2069} \u{200f}spoke\u{200e}.\n")),
        ("zero-width.txt", PLAIN.chars().flat_map(|c| [c, '\u{200b}']).collect()),
        ("joiners.txt", "👩\u{200d}👩\u{200d}👧\u{fe0f}🇩🇪".repeat(3_000)),
        ("case.txt", "İSTANBUL ﬁrm ǅ ß ΑΣ ".repeat(1_000) + PLAIN),
        ("other-letters.txt", "中文新闻マイクロソフトมติชน ".repeat(2_000)),
        ("ansi.txt", format!("\x1b[31m{PLAIN}\x1b]0;title\x07\x1b[2J\x1b]52;c;eA==\x1b\\{}", PLAIN.repeat(20))),
        ("formulas.txt", "=1+1, Inc. said “=HYPERLINK(1)” to +Plus Inc. “@me” -Minus Corp.\n".repeat(20)),
        ("json.txt", format!("{{\"a\": \"\\u0000\"}} \\ \" {PLAIN}")),
        ("csv.txt", format!("a,\"b\"\"c\n,;\t{PLAIN}")),
        ("html.txt", format!("<script>alert(1)</script><!-- {PLAIN} &#0; &amp;")),
    ]
    .map(|(name, text)| row(name, text, Annotated))
    .into()
}

/// Names of files that are told on standard error, in CSV and in JSON.
fn names() -> Vec<&'static [u8]> {
    let mut names: Vec<&'static [u8]> = vec![
        b"-rf.txt",
        b"--output.txt",
        b"=HYPERLINK(1).txt",
        b"+cmd|' C calc'!A0.txt",
        b"@SUM(1).txt",
        b"'quoted'.txt",
        b"\"quoted\", and; parted.txt",
        b"two\nlines.txt",
        b"return\rreturn.txt",
        b"\ttab.txt",
        b"\x1b[31mred\x1b[0m.txt",
        b"\x1b]0;title\x07.txt",
        "\u{9b}31m.txt".as_bytes(),
        "\u{202e}txt.exe.txt".as_bytes(),
        "\u{2028}line.txt".as_bytes(),
        "\u{200b}zero-width.txt".as_bytes(),
        "💡.txt".as_bytes(),
        b"%s%n%x.txt",
        b"$(touch x);`touch y`.txt",
        b"back\\slash.txt",
        b" blank .txt",
        b"*.txt",
        b"UPPER.TXT",
        b"nul.md",
    ];
    if cfg!(target_os = "linux") {
        // Elsewhere names must be UTF-8, or two spellings of an accent are one name.
        names.extend([&b"caf\xe9.txt"[..], b"\xff\xfe.txt", "café.txt".as_bytes(), "cafe\u{301}.txt".as_bytes()]);
    }
    names
}
