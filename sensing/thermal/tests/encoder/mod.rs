//! Writes files as cameras do, after the description in the reference (thermal.md section 3); shares nothing with the reader.

#![allow(dead_code, reason = "each test binary uses its own share")]

pub const R1: f32 = 21_106.77;
pub const B: f32 = 1_501.0;
pub const R2: f32 = 0.012_545_258;
pub const O: i32 = -7_340;

/// How counts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    Plain,
    Png,
    /// As most cameras write it: a PNG with its bytes swapped.
    SwappedPng,
}

/// A container to be written.
#[derive(Debug, Clone)]
pub struct File {
    pub big_directory: bool,
    pub big_records: bool,
    pub payload: Payload,
    pub width: u16,
    pub height: u16,
    pub counts: Vec<u16>,
    /// Written as the median; none writes nothing.
    pub median: Option<i32>,
    pub emissivity: f32,
}

impl File {
    pub fn new(width: u16, height: u16, counts: Vec<u16>) -> Self {
        let mut sorted = counts.clone();
        sorted.sort_unstable();
        let median = sorted.get(sorted.len() / 2).map(|it| i32::from(*it));
        Self {
            big_directory: true,
            big_records: false,
            payload: Payload::SwappedPng,
            width,
            height,
            counts,
            median,
            emissivity: 0.95,
        }
    }

    fn u16(&self, value: u16) -> [u8; 2] {
        if self.big_records { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    fn u32(&self, value: u32) -> [u8; 4] {
        if self.big_records { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    pub fn camera(&self) -> Vec<u8> {
        let mut record = vec![0; 0x340];
        let mut put = |at: usize, bytes: &[u8]| record[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &self.u16(2));
        for (at, value) in [
            (0x20, self.emissivity),
            (0x24, 1.5),
            (0x28, 293.15),
            (0x2c, 296.15),
            (0x30, 293.15),
            (0x34, 1.0),
            (0x3c, 0.4),
            (0x58, R1),
            (0x5c, B),
            (0x60, 1.0),
            (0x70, 0.006_569),
            (0x74, 0.012_62),
            (0x78, -0.002_276),
            (0x7c, -0.006_67),
            (0x80, 1.9),
            (0x30c, R2),
        ] {
            put(at, &self.u32(value.to_bits()));
        }
        put(0x308, &self.u32(O.cast_unsigned()));
        put(0x338, &self.u32(self.median.unwrap_or(0).cast_unsigned()));
        put(0xd4, b"TEST CAMERA");
        record
    }

    pub fn raw(&self) -> Vec<u8> {
        let mut record = vec![0; 0x20];
        record[..2].copy_from_slice(&self.u16(2));
        record[2..4].copy_from_slice(&self.u16(self.width));
        record[4..6].copy_from_slice(&self.u16(self.height));
        record.extend(match self.payload {
            Payload::Plain => self.counts.iter().flat_map(|it| self.u16(*it)).collect(),
            Payload::Png => png(self.width, self.height, &self.counts),
            Payload::SwappedPng => {
                png(self.width, self.height, &self.counts.iter().map(|it| it.swap_bytes()).collect::<Vec<_>>())
            }
        });
        record
    }

    pub fn container(&self) -> Vec<u8> {
        let word = |it: u32| if self.big_directory { it.to_be_bytes() } else { it.to_le_bytes() };
        let half = |it: u16| if self.big_directory { it.to_be_bytes() } else { it.to_le_bytes() };
        let records = [(0x22_u16, vec![7; 100]), (0x20, self.camera()), (1, self.raw())];
        let mut file = vec![0; 0x40];
        file[..4].copy_from_slice(b"FFF\0");
        file[4..8].copy_from_slice(b"TEST");
        file[0x14..0x18].copy_from_slice(&word(101));
        file[0x18..0x1c].copy_from_slice(&word(0x40));
        file[0x1c..0x20].copy_from_slice(&word(4));
        let mut at = 0x40 + 4 * 32;
        let mut bodies = Vec::new();
        for (kind, body) in records {
            let mut entry = [0; 32];
            entry[..2].copy_from_slice(&half(kind));
            entry[12..16].copy_from_slice(&word(at));
            let length = u32::try_from(body.len()).unwrap();
            entry[16..20].copy_from_slice(&word(length));
            file.extend(entry);
            at += length;
            bodies.extend(body);
        }
        file.extend([0; 32]);
        file.extend(bodies);
        file
    }

    /// In a JPEG, in chunks of so many bytes, the last one first.
    pub fn jpeg(&self, chunk: usize) -> Vec<u8> {
        let container = self.container();
        let chunks: Vec<&[u8]> = container.chunks(chunk).collect();
        let last = u8::try_from(chunks.len() - 1).unwrap();
        let mut file = vec![0xff, 0xd8];
        let mut segment = |marker: u8, payload: &[u8]| {
            file.extend([0xff, marker]);
            file.extend(u16::try_from(payload.len() + 2).unwrap().to_be_bytes());
            file.extend(payload);
        };
        segment(0xe0, b"JFIF\0 FLIR\0\x01\0\0 is only a word in here");
        for (number, part) in chunks.iter().enumerate().rev() {
            segment(0xe1, &[b"FLIR\0\x01", [u8::try_from(number).unwrap(), last].as_slice(), part].concat());
        }
        segment(0xe1, b"Exif\0\0");
        file.extend([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
        file
    }

    /// The temperature of a count by the camera model, step by step as the reference writes it.
    pub fn celsius(&self, count: u16) -> f64 {
        let (r1, b, r2, o) = (f64::from(R1), f64::from(B), f64::from(R2), f64::from(O));
        let radiation = |kelvin: f64| r1 / (r2 * ((b / kelvin).exp() - 1.0)) - o;
        let t_air = 296.15_f32;
        let t = f64::from(t_air) - 273.15;
        let w = f64::from(0.4_f32) * (1.5587 + 0.06939 * t - 0.00027816 * t * t + 6.8455e-7 * t * t * t).exp();
        let band = |alpha: f32, beta: f32| (-(0.75_f64.sqrt()) * (f64::from(alpha) + f64::from(beta) * w.sqrt())).exp();
        let x = f64::from(1.9_f32);
        let tau = x * band(0.006_569, -0.002_276) + (1.0 - x) * band(0.012_62, -0.006_67);
        let e = f64::from(self.emissivity);
        let object = f64::from(count) / (e * tau * tau)
            - (1.0 - tau) / (e * tau) * radiation(f64::from(t_air))
            - (1.0 - tau) / (e * tau * tau) * radiation(f64::from(t_air))
            - (1.0 - e) / e * radiation(f64::from(293.15_f32));
        b / (r1 / (r2 * (object + o)) + 1.0).ln() - 273.15
    }
}

pub fn png(width: u16, height: u16, counts: &[u16]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, u32::from(width), u32::from(height));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Sixteen);
    let bytes: Vec<u8> = counts.iter().flat_map(|it| it.to_be_bytes()).collect();
    encoder.write_header().unwrap().write_image_data(&bytes).unwrap();
    file
}

pub fn tiff(width: u16, height: u16, counts: &[u16]) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut file).unwrap();
    encoder.write_image::<tiff::encoder::colortype::Gray16>(u32::from(width), u32::from(height), counts).unwrap();
    file.into_inner()
}

/// An answer of a Hikvision camera, with or without the lengths of its parts.
pub fn hikvision(width: u16, height: u16, matrix: &[u8], lengths: bool) -> Vec<u8> {
    let json = format!(
        "{{\"JpegPictureWithAppendData\":{{\"channel\":2,\"jpegPicLen\":4,\"jpegPicWidth\":{width},\"jpegPicHeight\":{height},\"p2pDataLen\":{}}}}}",
        matrix.len()
    );
    let mut file = Vec::new();
    for (kind, body) in [
        ("application/json", json.as_bytes()),
        ("image/pjpeg", b"\xff\xd8\xff\xd9".as_slice()),
        ("application/octet-stream", matrix),
    ] {
        file.extend(format!("--boundary\r\nContent-Type: {kind}\r\n").bytes());
        if lengths {
            file.extend(format!("Content-Length: {}\r\n", body.len()).bytes());
        }
        file.extend(b"\r\n");
        file.extend(body);
        file.extend(b"\r\n");
    }
    file.extend(b"--boundary--\r\n");
    file
}
