//! CBOR (RFC 8949) as a bounded tree. Not responsible for what it means.
//!
//! Well-formed encodings of every width and of indefinite length are read; what is refused is what two readers could
//! take differently: a key twice in a map, text that is not UTF-8, bytes after the end.

use minicbor::data::Type;
use minicbor::decode::{Decoder, Error};

/// Deep enough for every pass known (7); a bomb of nested arrays costs nothing beyond it.
const MAX_DEPTH: u8 = 24;

/// One item.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Value {
    Int(i128),
    Float(f64),
    Bytes(Vec<u8>),
    Text(String),
    Array(Vec<Value>),
    Map(Vec<(Value, Value)>),
    Tag(u64, Box<Value>),
    /// `true`, `false`, `null`, `undefined` and the other simple values: nothing we read is one.
    Simple,
}

/// The one item that `bytes` are, or nothing.
pub(crate) fn decode(bytes: &[u8]) -> Option<Value> {
    let mut from = Decoder::new(bytes);
    let value = item(&mut from, MAX_DEPTH).ok()?;
    (from.position() == bytes.len()).then_some(value)
}

fn item(from: &mut Decoder<'_>, depth: u8) -> Result<Value, Error> {
    let depth = depth.checked_sub(1).ok_or_else(|| Error::message("too deep"))?;
    Ok(match from.datatype()? {
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Int => {
            Value::Int(from.int()?.into())
        }
        Type::F16 => Value::Float(from.f16()?.into()),
        Type::F32 => Value::Float(from.f32()?.into()),
        Type::F64 => Value::Float(from.f64()?),
        Type::Bytes | Type::BytesIndef => Value::Bytes(from.bytes_iter()?.collect::<Result<Vec<_>, _>>()?.concat()),
        Type::String | Type::StringIndef => Value::Text(from.str_iter()?.collect::<Result<String, _>>()?),
        Type::Array | Type::ArrayIndef => array(from, depth)?,
        Type::Map | Type::MapIndef => map(from, depth)?,
        Type::Tag => Value::Tag(from.tag()?.as_u64(), Box::new(item(from, depth)?)),
        Type::Bool | Type::Null | Type::Undefined | Type::Simple => {
            from.skip()?;
            Value::Simple
        }
        Type::Break | Type::Unknown(_) => return Err(Error::message("no item")),
    })
}

fn array(from: &mut Decoder<'_>, depth: u8) -> Result<Value, Error> {
    // No room is taken for what the head claims: every item costs a byte of input, and a false claim ends with it.
    let mut left = from.array()?;
    let mut items = Vec::new();
    while goes_on(from, &mut left)? {
        items.push(item(from, depth)?);
    }
    Ok(Value::Array(items))
}

fn map(from: &mut Decoder<'_>, depth: u8) -> Result<Value, Error> {
    let mut left = from.map()?;
    let mut entries: Vec<(Value, Value)> = Vec::new();
    while goes_on(from, &mut left)? {
        let key = item(from, depth)?;
        if !matches!(key, Value::Int(_) | Value::Text(_)) || entries.iter().any(|it| it.0 == key) {
            return Err(Error::message("a key twice, or no key"));
        }
        entries.push((key, item(from, depth)?));
    }
    Ok(Value::Map(entries))
}

fn goes_on(from: &mut Decoder<'_>, left: &mut Option<u64>) -> Result<bool, Error> {
    match left {
        Some(0) => Ok(false),
        Some(left) => {
            *left -= 1;
            Ok(true)
        }
        None if from.datatype()? == Type::Break => {
            from.skip()?;
            Ok(false)
        }
        None => Ok(true),
    }
}

impl Value {
    /// The value of an integer key of a map.
    pub(crate) fn at(&self, key: i128) -> Option<&Value> {
        self.entries()?.iter().find(|it| it.0 == Value::Int(key)).map(|it| &it.1)
    }

    /// The value of a text key of a map.
    pub(crate) fn named(&self, key: &str) -> Option<&Value> {
        self.entries()?.iter().find(|it| matches!(&it.0, Value::Text(name) if name == key)).map(|it| &it.1)
    }

    pub(crate) fn entries(&self) -> Option<&[(Value, Value)]> {
        match self {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    pub(crate) fn array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// An integer that fits.
    pub(crate) fn int(&self) -> Option<i128> {
        match self {
            Value::Int(it) => Some(*it),
            _ => None,
        }
    }

    /// A NumericDate (RFC 8392): whole or fractional seconds since 1970, finite.
    pub(crate) fn seconds(&self) -> Option<f64> {
        match self {
            #[expect(clippy::as_conversions, reason = "a date beyond 2^53 s compares as well when rounded")]
            Value::Int(it) => Some(*it as f64),
            Value::Float(it) if it.is_finite() => Some(*it),
            _ => None,
        }
    }
}
