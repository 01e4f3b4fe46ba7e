//! A face as it is kept: a vector under a keyed rotation, an id, nothing else. Bytes in, bytes out; the caller seals them.

use std::fmt;

use half::f16;

use crate::embed::{DIMENSIONS, Embedding, Space};

const FORMAT: u8 = 1;
const HEAD: usize = 1 + 8 + 8 + 16;

/// Bytes of a template before it is sealed: format, model, rotation, id, 512 half-precision numbers.
pub const TEMPLATE_BYTES: usize = HEAD + DIMENSIONS * 2;

/// Why bytes are no template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Another length or another first byte: a later format, or no template.
    #[error("not a template of this format")]
    Format,
    /// The numbers have no direction.
    #[error("a template without direction")]
    Empty,
    /// A vector that no key has turned yet is not kept.
    #[error("a vector is kept only under a keyed rotation")]
    Plain,
}

/// What is kept of an enrolled face. No picture, no landmarks, no name.
#[derive(Clone, PartialEq)]
pub struct Template {
    id: [u8; 16],
    embedding: Embedding,
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Template({}, {:?})", crate::models::hex(&self.id), self.embedding.space())
    }
}

impl Template {
    /// A template of a turned vector under a random id, never one that says whose it is or was.
    ///
    /// # Errors
    /// If the vector was not turned.
    pub fn new(id: [u8; 16], embedding: Embedding) -> Result<Self, TemplateError> {
        match embedding.space().rotation == [0; 8] {
            true => Err(TemplateError::Plain),
            false => Ok(Self { id, embedding }),
        }
    }

    /// Its id.
    pub const fn id(&self) -> [u8; 16] {
        self.id
    }

    /// Its vector.
    pub const fn embedding(&self) -> &Embedding {
        &self.embedding
    }

    /// [`TEMPLATE_BYTES`] bytes, to be sealed under a key of the person's own for faces.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Space { model, rotation } = self.embedding.space();
        let mut bytes = Vec::with_capacity(TEMPLATE_BYTES);
        bytes.push(FORMAT);
        bytes.extend(model);
        bytes.extend(rotation);
        bytes.extend(self.id);
        bytes.extend(self.embedding.values().iter().flat_map(|it| f16::from_f32(*it).to_le_bytes()));
        bytes
    }

    /// What [`Self::to_bytes`] made.
    ///
    /// # Errors
    /// If it was something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TemplateError> {
        let (head, rest) = bytes.split_at_checked(HEAD).ok_or(TemplateError::Format)?;
        let part = |from: usize, to: usize| head.get(from..to).unwrap_or_default();
        if bytes.len() != TEMPLATE_BYTES || head.first() != Some(&FORMAT) {
            return Err(TemplateError::Format);
        }
        let space = Space {
            model: part(1, 9).try_into().map_err(|_| TemplateError::Format)?,
            rotation: part(9, 17).try_into().map_err(|_| TemplateError::Format)?,
        };
        let id = part(17, HEAD).try_into().map_err(|_| TemplateError::Format)?;
        let values: Vec<f32> = rest
            .chunks_exact(2)
            .filter_map(|it| it.try_into().ok())
            .map(|it| f16::from_le_bytes(it).to_f32())
            .collect();
        Self::new(id, Embedding::new(space, &values).ok_or(TemplateError::Empty)?)
    }
}
