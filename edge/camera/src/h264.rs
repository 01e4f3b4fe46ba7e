//! H.264 as pictures.

use face::{MAX_PIXELS, Picture};
use openh264::decoder::Decoder;
use openh264::formats::YUVSource as _;

/// What was wrong with a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// A decoder of one stream.
pub(crate) struct H264 {
    decoder: Decoder,
    /// What was lost is needed until a frame comes that needs nothing before it.
    awaits_key: bool,
}

impl H264 {
    /// None if the library gives no decoder.
    pub(crate) fn new() -> Option<Self> {
        Decoder::new().ok().map(|decoder| Self { decoder, awaits_key: true })
    }

    /// Something of the stream was lost: up to the next key frame everything would be smeared.
    pub(crate) const fn lose(&mut self) {
        self.awaits_key = true;
    }

    /// Decodes one frame in Annex B form. No picture: none is due yet, or it is not wanted. A frame that is not wanted is decoded
    /// all the same, because later ones are built on it.
    pub(crate) fn decode(
        &mut self,
        bytes: &[u8],
        is_key: bool,
        is_wanted: bool,
    ) -> Result<Option<Picture>, Unreadable> {
        if self.awaits_key && !is_key {
            return Ok(None);
        }
        self.awaits_key = false;
        match self.decoder.decode(bytes) {
            Err(_) => {
                self.awaits_key = true;
                Err(Unreadable)
            }
            Ok(None) => Ok(None),
            Ok(Some(_)) if !is_wanted => Ok(None),
            Ok(Some(yuv)) => {
                let (width, height) = yuv.dimensions();
                let n_pixels = width.checked_mul(height).filter(|it| *it <= MAX_PIXELS).ok_or(Unreadable)?;
                let mut rgb = vec![0; n_pixels * 3];
                yuv.write_rgb8(&mut rgb);
                Picture::from_rgb(width, height, rgb).map(Some).ok_or(Unreadable)
            }
        }
    }
}
