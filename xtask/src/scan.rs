//! A small reader of Rust text: code without comments and strings, the strings themselves, test modules, functions.
//!
//! Not a parser: it knows just enough to find braces and words that are really code.

/// A string literal and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// Byte offset of the opening quote.
    pub at: usize,
    /// What stands between the quotes, with line continuations joined and white space collapsed.
    pub text: String,
}

/// One Rust file, read.
#[derive(Debug)]
pub struct Source {
    /// The file with comments and the contents of strings blanked; same length and same lines.
    pub code: String,
    /// All string literals in order, those of test modules left out.
    pub literals: Vec<Literal>,
    /// Lines that belong to `#[cfg(test)]` items.
    pub n_test_lines: usize,
}

/// A function's name and extent.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Line of the word `fn`, from 1.
    pub line: usize,
    /// Lines from `fn` to the closing brace.
    pub n_lines: usize,
}

impl Source {
    /// Reads `text`, blanking everything that is only compiled for tests.
    pub fn without_tests(text: &str) -> Self {
        let mut source = Self::with_tests(text);
        source.blank_tests();
        source
    }

    /// Reads `text`, test modules included.
    pub fn with_tests(text: &str) -> Self {
        let mut masker = Masker { bytes: text.as_bytes(), code: Vec::with_capacity(text.len()), literals: Vec::new() };
        masker.run();
        let code = String::from_utf8_lossy(&masker.code).into_owned();
        Self { code, literals: masker.literals, n_test_lines: 0 }
    }

    /// Line number, from 1, of a byte offset.
    pub fn line_of(&self, at: usize) -> usize {
        1 + self.code.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    /// Every place where `word` stands in the code and is not part of a longer name.
    pub fn find_word<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let bytes = self.code.as_bytes();
        self.code.match_indices(word).map(|(at, _)| at).filter(move |at| {
            let starts_free =
                !word.starts_with(is_name_char) || !at.checked_sub(1).is_some_and(|it| is_name(bytes, it));
            let ends_free = !word.ends_with(is_name_char) || !is_name(bytes, at + word.len());
            starts_free && ends_free
        })
    }

    /// All functions with a body, outermost and nested.
    pub fn functions(&self) -> Vec<Function> {
        let bytes = self.code.as_bytes();
        self.find_word("fn")
            .filter_map(|at| {
                let name: String = self
                    .code
                    .get(at + 2..)?
                    .trim_start()
                    .chars()
                    .take_while(|it| is_name_char(*it) || *it == '$')
                    .collect();
                let open = body_start(bytes, at)?;
                let close = closing_brace(bytes, open)?;
                let line = self.line_of(at);
                let n_lines = self.line_of(close) - line + 1;
                (!name.is_empty()).then_some(Function { name, line, n_lines })
            })
            .collect()
    }

    fn blank_tests(&mut self) {
        if let Some(at) = self.code.find("#![cfg(test)]") {
            let end = self.code.len();
            self.blank(at, end);
            return;
        }
        while let Some(at) = self.code.find("#[cfg(test)]") {
            let bytes = self.code.as_bytes();
            let after = at + "#[cfg(test)]".len();
            let end = item_end(bytes, after).unwrap_or(bytes.len());
            self.blank(at, end);
        }
    }

    fn blank(&mut self, from: usize, until: usize) {
        self.n_test_lines += self.line_of(until) - self.line_of(from) + 1;
        let blanked: Vec<u8> = self
            .code
            .bytes()
            .enumerate()
            .map(|(at, byte)| if from <= at && at < until && byte != b'\n' { b' ' } else { byte })
            .collect();
        self.code = String::from_utf8_lossy(&blanked).into_owned();
        self.literals.retain(|literal| literal.at < from || until <= literal.at);
    }
}

struct Masker<'a> {
    bytes: &'a [u8],
    code: Vec<u8>,
    literals: Vec<Literal>,
}

impl Masker<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.peek(0) {
            match (byte, self.peek(1)) {
                (b'/', Some(b'/')) => self.blank_while(|it| it.peek(0) != Some(b'\n')),
                (b'/', Some(b'*')) => self.block_comment(),
                (b'"', _) => self.string(),
                (b'r' | b'b' | b'c', _) if !self.inside_name() && self.raw_hashes().is_some() => self.raw_string(),
                (b'\'', _) => self.quote(),
                _ => self.keep(),
            }
        }
    }

    fn at(&self) -> usize {
        self.code.len()
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at() + ahead).copied()
    }

    fn keep(&mut self) {
        if let Some(byte) = self.peek(0) {
            self.code.push(byte);
        }
    }

    fn blank(&mut self) {
        if let Some(byte) = self.peek(0) {
            self.code.push(if byte == b'\n' { b'\n' } else { b' ' });
        }
    }

    fn blank_while(&mut self, goes_on: impl Fn(&Self) -> bool) {
        while self.peek(0).is_some() && goes_on(self) {
            self.blank();
        }
    }

    fn inside_name(&self) -> bool {
        self.code.last().is_some_and(|byte| is_name_char(char::from(*byte)))
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.peek(0).is_some() {
            match (self.peek(0), self.peek(1)) {
                (Some(b'/'), Some(b'*')) => depth += 1,
                (Some(b'*'), Some(b'/')) => depth -= 1,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let open = self.at();
        self.keep();
        while let Some(byte) = self.peek(0) {
            match byte {
                b'"' => break,
                b'\\' => {
                    self.blank();
                    self.blank();
                }
                _ => self.blank(),
            }
        }
        self.remember(open, open + 1);
        self.keep();
    }

    /// Number of hashes if a raw string (`r"`, `r#"`, `br"`, `cr"`) begins here.
    fn raw_hashes(&self) -> Option<usize> {
        let prefix = match (self.peek(0), self.peek(1)) {
            (Some(b'r'), _) => 1,
            (Some(b'b' | b'c'), Some(b'r')) => 2,
            _ => return None,
        };
        let n_hashes = (prefix..).take_while(|ahead| self.peek(*ahead) == Some(b'#')).count();
        (self.peek(prefix + n_hashes) == Some(b'"')).then_some(n_hashes)
    }

    fn raw_string(&mut self) {
        let n_hashes = self.raw_hashes().unwrap_or_default();
        while self.peek(0) != Some(b'"') {
            self.keep();
        }
        let open = self.at();
        self.keep();
        self.blank_while(|it| it.peek(0) != Some(b'"') || (1..=n_hashes).any(|ahead| it.peek(ahead) != Some(b'#')));
        self.remember(open, open + 1);
        for _ in 0..=n_hashes {
            self.keep();
        }
    }

    /// A quote opens a character or a lifetime; only the character has a closing quote.
    fn quote(&mut self) {
        if self.peek(1) == Some(b'\\') {
            self.keep();
            self.blank();
            self.blank();
            self.blank_while(|it| it.peek(0) != Some(b'\''));
            self.keep();
            return;
        }
        let width = match self.peek(1) {
            Some(0xf0..) => 4,
            Some(0xe0..) => 3,
            Some(0xc0..) => 2,
            _ => 1,
        };
        let is_char = self.peek(1 + width) == Some(b'\'');
        self.keep();
        if is_char {
            (0..width).for_each(|_| self.blank());
            self.keep();
        }
    }

    fn remember(&mut self, at: usize, from: usize) {
        let inner = self.bytes.get(from..self.at()).unwrap_or_default();
        let text = String::from_utf8_lossy(inner).replace("\\\n", " ").replace("\\n", " ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.literals.push(Literal { at, text });
    }
}

fn is_name_char(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '_'
}

fn is_name(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| is_name_char(char::from(*byte)))
}

/// The brace that opens the body of the function at `at`; none for a declaration that ends in `;`.
fn body_start(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (index, byte) in bytes.iter().enumerate().skip(at) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => return Some(index),
            b';' if depth == 0 => return None,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    None
}

fn closing_brace(bytes: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (index, byte) in bytes.iter().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(index);
        }
    }
    None
}

/// Where the item after an attribute ends: its closing brace, or its `;`.
fn item_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (index, byte) in bytes.iter().enumerate().skip(from) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => return closing_brace(bytes, index).map(|it| it + 1),
            b';' if depth == 0 => return Some(index + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_characters_are_not_code() {
        let source = Source::with_tests(
            "let a = \"b // {\"; // c\nlet d = '{'; /* e /* f */ g */ let h: &'static str = r#\"i\"j\"#;",
        );
        assert!(source.code.contains("let a = \"      \";"));
        assert!(!source.code.contains('{') && !source.code.contains('g'));
        assert!(source.code.contains("&'static str"));
        assert_eq!(source.literals.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["b // {", "i\"j"]);
    }

    #[test]
    fn a_name_ending_in_r_before_a_string_is_not_a_raw_string() {
        let source = Source::with_tests("for x in [concat_str\"a\"] { b'\\'' ; '中' }");
        assert_eq!(source.literals.len(), 1);
        assert!(!source.code.contains('中'));
    }

    #[test]
    fn a_string_continued_on_the_next_line_reads_as_one() {
        let source = Source::with_tests("const A: &str = \"select 1 \\\n    from b\";");
        assert_eq!(source.literals.first().map(|it| it.text.as_str()), Some("select 1 from b"));
    }

    #[test]
    fn test_modules_are_blanked_and_counted() {
        let source =
            Source::without_tests("fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { \"s\" }\n}\nfn c() {}\n");
        assert!(!source.code.contains("fn b") && source.code.contains("fn c"));
        assert!(source.literals.is_empty());
        assert_eq!(source.n_test_lines, 4);
    }

    #[test]
    fn functions_are_measured_and_declarations_are_not() {
        let source = Source::with_tests(
            "trait T { fn a(b: [u8; 2]); }\nfn c<F: Fn()>(d: F) -> [u8; 1]\nwhere\n{\n  x\n}\nlet f: fn(u8) = g;",
        );
        assert_eq!(source.functions(), [Function { name: "c".to_owned(), line: 2, n_lines: 5 }]);
    }
}
