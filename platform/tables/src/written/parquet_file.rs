//! A Parquet file as a stream: rows are gathered into groups, a group goes out column by column, the footer at the end.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{WrittenCell, WrittenColumn};

/// Rows of a group: what is held in memory.
const GROUP_ROWS: usize = 65_536;

enum Gathered {
    Texts(Vec<ByteArray>),
    Numbers(Vec<i64>),
}

/// A Parquet file that is being written.
pub(super) struct ParquetTable<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Gathered>,
    rows: usize,
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

impl<W: Write + Send> ParquetTable<W> {
    pub(super) fn new(out: W, columns: Vec<WrittenColumn>) -> io::Result<Self> {
        let fields: Vec<_> = columns.iter().map(field).collect::<Result<_, _>>().map_err(failed)?;
        let schema = Type::group_type_builder("rows").with_fields(fields).build().map_err(failed)?;
        let properties = Arc::new(WriterProperties::builder().build());
        let file = SerializedFileWriter::new(out, Arc::new(schema), properties).map_err(failed)?;
        let columns = columns.iter().map(|it| match it.is_number {
            true => Gathered::Numbers(Vec::new()),
            false => Gathered::Texts(Vec::new()),
        });
        Ok(Self { file, columns: columns.collect(), rows: 0 })
    }

    pub(super) fn write(&mut self, row: &[WrittenCell]) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(row) {
            match (column, cell) {
                (Gathered::Numbers(numbers), WrittenCell::Whole(number)) => numbers.push(*number),
                (Gathered::Texts(texts), WrittenCell::Text(text)) => texts.push(ByteArray::from(text.as_str())),
                _ => return Err(io::Error::other("a cell that its column does not hold")),
            }
        }
        self.rows += 1;
        if self.rows == GROUP_ROWS { self.send() } else { Ok(()) }
    }

    fn send(&mut self) -> io::Result<()> {
        let mut group = self.file.next_row_group().map_err(failed)?;
        for gathered in &mut self.columns {
            let mut column = group.next_column().map_err(failed)?.ok_or_else(|| io::Error::other("a column less"))?;
            match gathered {
                Gathered::Numbers(numbers) => {
                    column.typed::<Int64Type>().write_batch(numbers, None, None).map_err(failed)?;
                    numbers.clear();
                }
                Gathered::Texts(texts) => {
                    column.typed::<ByteArrayType>().write_batch(texts, None, None).map_err(failed)?;
                    texts.clear();
                }
            }
            column.close().map_err(failed)?;
        }
        group.close().map_err(failed)?;
        self.rows = 0;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        if self.rows != 0 {
            self.send()?;
        }
        self.file.into_inner().map_err(failed)
    }
}

fn field(column: &WrittenColumn) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match column.is_number {
        true => (Physical::INT64, None),
        false => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let field = Type::primitive_type_builder(column.name, physical).with_logical_type(logical);
    Ok(Arc::new(field.with_repetition(Repetition::REQUIRED).build()?))
}
