//! Real JPEGs and real H.264, cut into what RTP carries.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use openh264::OpenH264API;
use openh264::encoder::{Encoder, EncoderConfig, QpRange, RateControlMode};
use openh264::formats::{RgbSliceU8, YUVBuffer};

use super::rtsp::Video;

/// What fits into a packet of Ethernet.
const MTU: usize = 1_400;

/// A picture of one grey on the left and noise on the right, so that it does not fit into one packet.
pub fn noisy(width: usize, height: usize, grey: u8) -> Vec<u8> {
    let mut dice = 1_u32;
    let mut pixel = |col: usize| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        if col < width / 2 { grey } else { dice.to_be_bytes()[0] }
    };
    (0..width * height).flat_map(|at| [pixel(at % width); 3]).collect()
}

/// RTP/JPEG (RFC 2435) of pictures of these greys: type 1, quantization tables in each frame.
pub fn jpegs(width: u16, height: u16, greys: &[u8]) -> Video {
    let frames = greys.iter().map(|grey| {
        let rgb = noisy(width.into(), height.into(), *grey);
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
        encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
        encoder.encode(&rgb, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
        jpeg_payloads(&bytes, width, height)
    });
    let frames = frames.collect();
    let sdp = "m=video 0 RTP/AVP 26\r\na=rtpmap:26 JPEG/90000\r\na=control:track1\r\n".to_owned();
    Video { sdp, payload_type: 26, ticks: 4_500, frames }
}

fn jpeg_payloads(jpeg: &[u8], width: u16, height: u16) -> Vec<Vec<u8>> {
    let (mut tables, mut at) = (Vec::new(), 2);
    while jpeg[at + 1] != 0xda {
        let end = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if jpeg[at + 1] == 0xdb {
            jpeg[at + 4..end].chunks(65).for_each(|it| tables.extend(&it[1..]));
        }
        at = end;
    }
    assert_eq!(tables.len(), 128, "two tables of eight bits");
    let scan = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    let data = &jpeg[scan..jpeg.len() - 2];
    let eighth = |it: u16| u8::try_from(it / 8).unwrap();
    let payloads = data.chunks(MTU).enumerate().map(|(index, chunk)| {
        let offset = u32::try_from(index * MTU).unwrap().to_be_bytes();
        let mut payload = offset.to_vec();
        payload.extend([1, 255, eighth(width), eighth(height)]);
        if index == 0 {
            payload.extend([0, 0, 0, 128]);
            payload.extend(&tables);
        }
        payload.extend(chunk);
        payload
    });
    payloads.collect()
}

/// H.264 (RFC 6184, mode 1) of pictures of these greys: one key frame, then differences.
pub fn h264(width: usize, height: usize, greys: &[u8]) -> Video {
    let (mut frames, mut sets) = (Vec::new(), Vec::new());
    for bytes in encoded(width, height, greys) {
        let mut frame = Vec::new();
        for nal in openh264::nal_units(&bytes) {
            let nal = nal.strip_prefix(&[0, 0, 0, 1]).or(nal.strip_prefix(&[0, 0, 1])).unwrap();
            if matches!(nal[0] & 0x1f, 7 | 8) {
                sets.push(BASE64_STANDARD.encode(nal));
            } else {
                frame.extend(nal_payloads(nal));
            }
        }
        frames.push(frame);
    }
    let sets = sets[..2].join(",");
    let sdp = format!(
        "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n\
         a=fmtp:96 packetization-mode=1;sprop-parameter-sets={sets}\r\na=control:track1\r\n"
    );
    Video { sdp, payload_type: 96, ticks: 4_500, frames }
}

/// The same as one stretch of Annex B.
pub fn annex_b(width: usize, height: usize, greys: &[u8]) -> Vec<u8> {
    encoded(width, height, greys).concat()
}

fn encoded(width: usize, height: usize, greys: &[u8]) -> Vec<Vec<u8>> {
    // No frame is left out to keep a rate.
    let config =
        EncoderConfig::new().rate_control_mode(RateControlMode::Off).skip_frames(false).qp(QpRange::new(20, 24));
    let mut encoder = Encoder::with_api_config(OpenH264API::from_source(), config).unwrap();
    let frames = greys.iter().map(|grey| {
        let rgb = noisy(width, height, *grey);
        let yuv = YUVBuffer::from_rgb8_source(RgbSliceU8::new(&rgb, (width, height)));
        encoder.encode(&yuv).unwrap().to_vec()
    });
    frames.collect()
}

/// A NAL unit alone, or in fragments FU-A.
fn nal_payloads(nal: &[u8]) -> Vec<Vec<u8>> {
    if nal.len() <= MTU {
        return vec![nal.to_vec()];
    }
    let n_chunks = (nal.len() - 1).div_ceil(MTU);
    let chunks = nal[1..].chunks(MTU).enumerate().map(|(index, chunk)| {
        let start = if index == 0 { 0x80 } else { 0 };
        let end = if index + 1 == n_chunks { 0x40 } else { 0 };
        [&[(nal[0] & 0xe0) | 28, start | end | (nal[0] & 0x1f)], chunk].concat()
    });
    chunks.collect()
}
