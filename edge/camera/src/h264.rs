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

#[cfg(test)]
mod tests {
    use openh264::OpenH264API;
    use openh264::encoder::{Encoder, EncoderConfig, QpRange, RateControlMode};
    use openh264::formats::{RgbSliceU8, YUVBuffer};

    use super::*;

    /// Greys, one key frame and then differences.
    fn encoded(greys: &[u8]) -> Vec<Vec<u8>> {
        let config =
            EncoderConfig::new().rate_control_mode(RateControlMode::Off).skip_frames(false).qp(QpRange::new(20, 24));
        let mut encoder = Encoder::with_api_config(OpenH264API::from_source(), config).unwrap();
        let frames = greys.iter().map(|grey| {
            let rgb = vec![*grey; 64 * 48 * 3];
            let yuv = YUVBuffer::from_rgb8_source(RgbSliceU8::new(&rgb, (64, 48)));
            encoder.encode(&yuv).unwrap().to_vec()
        });
        frames.collect()
    }

    fn grey(picture: Option<Picture>) -> u8 {
        picture.unwrap().at(20, 20)[1]
    }

    #[test]
    fn a_stream_that_is_joined_in_its_middle_is_shown_from_its_next_key_frame_on() {
        let frames = encoded(&[40, 120, 200]);
        let mut decoder = H264::new().unwrap();
        assert!(matches!(decoder.decode(&frames[1], false, true), Ok(None)));
        assert!(grey(decoder.decode(&frames[0], true, true).unwrap()).abs_diff(40) <= 3);
        assert!(grey(decoder.decode(&frames[1], false, true).unwrap()).abs_diff(120) <= 3);
        decoder.lose();
        assert!(matches!(decoder.decode(&frames[2], false, true), Ok(None)));
        assert!(decoder.decode(&frames[0], true, true).unwrap().is_some());
    }

    #[test]
    fn what_is_not_wanted_is_decoded_for_what_comes_after_it() {
        let frames = encoded(&[40, 120, 200]);
        let mut decoder = H264::new().unwrap();
        assert!(matches!(decoder.decode(&frames[0], true, false), Ok(None)));
        assert!(matches!(decoder.decode(&frames[1], false, false), Ok(None)));
        assert!(grey(decoder.decode(&frames[2], false, true).unwrap()).abs_diff(200) <= 3);
    }

    #[test]
    fn after_rubbish_a_key_frame_is_awaited() {
        let frames = encoded(&[40, 120]);
        let mut decoder = H264::new().unwrap();
        assert!(decoder.decode(&frames[0], true, true).is_ok());
        assert_eq!(decoder.decode(&[0, 0, 0, 1, 0x65, 0xff, 0xff, 0xff], false, true).err(), Some(Unreadable));
        assert!(matches!(decoder.decode(&frames[1], false, true), Ok(None)));
        assert!(decoder.decode(&frames[0], true, true).unwrap().is_some());
    }
}
