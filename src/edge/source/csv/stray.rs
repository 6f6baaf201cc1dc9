//! Quotation marks that are none: in a file that was written without quoting, a cell may begin with one, and read as the beginning of a
//! quotation it would swallow all rows up to the next such cell, or to the end of the file.

/// Where a quotation begins.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Quotation {
    /// Bytes of the row before it.
    pub text: usize,
    /// Cells of the row before it.
    pub cells: usize,
    /// Its line.
    pub line: u64,
}

/// The quotation that is being read, and what was read of it, to be read again where it is none.
#[derive(Debug, Default)]
pub(super) struct Stray {
    /// How many marks were none.
    pub count: u64,
    /// The line of the first.
    pub line: u64,
    /// Cells of a row; 0: every quotation is one.
    columns: usize,
    /// The end of the file is its end.
    end: FileEnd,
    begin: Quotation,
    /// Bytes since its mark.
    raw: Vec<u8>,
    again: Vec<u8>,
    given: usize,
}

/// What stands behind a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    /// The end of the cell.
    End,
    /// More of it.
    Text,
}

/// What the end of a file that is read is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum FileEnd {
    /// More may be written yet.
    #[default]
    Open,
    /// The file is whole.
    Settled,
}

impl Stray {
    /// A file of so many columns begins.
    pub fn begin(&mut self, columns: usize, end: FileEnd) {
        (self.columns, self.end) = (columns, end);
    }

    /// A quotation begins.
    pub fn open(&mut self, begin: Quotation) {
        self.begin = begin;
        self.raw.clear();
    }

    /// A byte of it.
    pub fn push(&mut self, byte: u8) {
        if self.columns > 0 {
            self.raw.push(byte);
        }
    }

    /// The next byte that is to be read again.
    pub fn again(&mut self) -> Option<u8> {
        let byte = self.again.get(self.given).copied();
        match byte {
            Some(_) => self.given += 1,
            None => {
                self.again.clear();
                self.given = 0;
            }
        }
        byte
    }

    /// What was read since the mark is read again, without it.
    pub fn go_back(&mut self) -> Quotation {
        if self.count == 0 {
            self.line = self.begin.line;
        }
        self.count += 1;
        self.raw.extend_from_slice(&self.again[self.given..]);
        std::mem::swap(&mut self.raw, &mut self.again);
        self.given = 0;
        self.begin
    }

    /// Whether a quotation that the end of the file leaves open is none.
    pub fn is_open(&self, delimiter: u8) -> bool {
        self.end == FileEnd::Settled && self.is_long(delimiter)
    }

    /// The same of one that is longer than any row: its own row is no longer than others without it, and what
    /// follows are rows. In the last row of a file it may as well be a quotation that breaks off.
    pub fn is_long(&self, delimiter: u8) -> bool {
        let mut lines = self.raw.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
        let first = lines.next().map_or(0, |line| cells(line, delimiter));
        let (mut rows, mut of) = (0, 0);
        for line in lines {
            of += 1;
            rows += usize::from(self.is_row(cells(line, delimiter)));
        }
        self.columns > 1 && self.begin.cells + first <= self.columns && rows * 2 > of
    }

    /// Whether any line below that of the quotation is a row, so that it holds more than the rest of its own.
    pub fn swallows_rows(&self, delimiter: u8) -> bool {
        let mut below = self.raw.split(|byte| matches!(byte, b'\n' | b'\r')).skip(1);
        self.columns < 2 || below.any(|line| self.is_row(cells(line, delimiter)))
    }

    /// Whether a quotation over several lines, after which the cell does not end, or in which as much stands as in the rows
    /// that it would swallow, is none.
    pub fn is_swallowing(&self, delimiter: u8, behind: Behind) -> bool {
        let lines = self.raw.iter().filter(|byte| **byte == b'\n').count();
        let lines = lines.max(self.raw.iter().filter(|byte| **byte == b'\r').count());
        if lines == 0 || self.columns < 2 {
            return false;
        }
        let first = self.raw.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        if self.begin.cells + cells(first, delimiter) > self.columns {
            return false;
        }
        let divided = cells(&self.raw, delimiter) - 1;
        let swallowed = lines * (self.columns - 1);
        if behind == Behind::End {
            self.columns > 2 && divided >= swallowed
        } else {
            divided > 0 && divided * 2 >= swallowed
        }
    }

    /// Spreadsheets leave out empty cells at the end of a row.
    fn is_row(&self, cells: usize) -> bool {
        cells > 1 && cells <= self.columns && cells * 2 >= self.columns
    }
}

/// How many cells a line has that is written without quoting.
fn cells(line: &[u8], delimiter: u8) -> usize {
    line.iter().filter(|byte| **byte == delimiter).count() + 1
}
