//! A face of a real photograph, and a thermal frame that is painted where it is: no device gives both.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    missing_docs,
    reason = "a test that cannot go on stops loudly; pixels of a picture"
)]

use std::path::{Path, PathBuf};

use body_temperature::{Celsius, Kelvins, Pair, Rig, State, learn};
use face::{Face, Faces, Picture};
use gate::ThermalEye;
use kernel::Instant64;
use screening::GateRules;
use thermal::LinearScale;

const FOCAL_VISIBLE: f64 = 1_500.0;
const FOCAL_THERMAL: f64 = 1_040.0;
const SIZE: (usize, usize) = (640, 512);
const ROOM: f64 = 23.0;
const PLATE: std::ops::Range<usize> = 20..60;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools").join(name)
}

struct Scene {
    picture: Picture,
    face: Face,
    skin: f64,
    plate: f64,
}

impl Scene {
    fn new() -> Self {
        let path = folder("photographs").join("one-a-1.jpg");
        let bytes = std::fs::read(&path).unwrap_or_else(|_| panic!("{}: run scripts/models.sh all", path.display()));
        let picture = Picture::decode(&bytes).unwrap();
        let mut faces = Faces::open(&folder("models"), 1).unwrap();
        let face = faces.look(&picture).unwrap().remove(0);
        Self { picture, face, skin: 33.9, plate: 35.0 }
    }

    fn rig(&self) -> Rig {
        let (width, height) = (self.picture.width(), self.picture.height());
        Rig::read(&format!(
            "version = 1\nrig = \"test\"\ncalibrated_on = 2026-11-20\ncamera_model = \"flir_a325sc\"\n\
             [visible]\nwidth_px = {width}\nheight_px = {height}\nfocal_px = [{FOCAL_VISIBLE:.1}, {FOCAL_VISIBLE:.1}]\n\
             centre_px = [{:.1}, {:.1}]\n\
             [thermal]\nwidth_px = {}\nheight_px = {}\nfocal_px = [{FOCAL_THERMAL:.1}, {FOCAL_THERMAL:.1}]\n\
             centre_px = [{:.1}, {:.1}]\n\
             [thermal_from_visible]\nrotation = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]\ntranslation_mm = [0.0, 0.0, 0.0]\n\
             residual_mm = 1.0\ndepth_mm = [200, 3000]\n\
             [[blackbody]]\nset_c = 35.0\nu_k = 0.05\nemissivity = 0.98\nplace = {{ left = {}, top = {}, width = 40, height = 40 }}\n",
            width as f64 / 2.0, height as f64 / 2.0, SIZE.0, SIZE.1, SIZE.0 as f64 / 2.0, SIZE.1 as f64 / 2.0,
            PLATE.start, PLATE.start,
        ))
        .unwrap()
    }

    /// Where a point of the photograph lies in the thermal frame: both cameras stand in one place.
    fn at(&self, point: usize) -> (f64, f64) {
        let it = self.face.points[point];
        let (width, height) = (self.picture.width() as f64, self.picture.height() as f64);
        let share = FOCAL_THERMAL / FOCAL_VISIBLE;
        let x = (f64::from(it.x) - width / 2.0) * share + SIZE.0 as f64 / 2.0;
        (x, (f64::from(it.y) - height / 2.0) * share + SIZE.1 as f64 / 2.0)
    }

    /// A frame as a camera with a hundredth of a kelvin a count would send it.
    fn frame(&self) -> Vec<u8> {
        let (left, right) = (self.at(39), self.at(42));
        let eyes = ((self.at(36).0 - self.at(45).0).powi(2) + (self.at(36).1 - self.at(45).1).powi(2)).sqrt();
        // Outer corners lie some 95 mm apart.
        let mm = 95.0 / eyes;
        let middle = ((left.0 + right.0) / 2.0, (left.1 + right.1) / 2.0);
        let bump = |at: (f64, f64), to: (f64, f64), width: f64, above: f64| {
            let r2 = ((at.0 - to.0) * mm).powi(2) + ((at.1 - to.1) * mm).powi(2);
            above * (-4.0 * std::f64::consts::LN_2 * r2 / (width * width)).exp()
        };
        let temple = (middle.0 - 50.0 / mm, middle.1 + 20.0 / mm);
        let celsius = |x: usize, y: usize| {
            if PLATE.contains(&x) && PLATE.contains(&y) {
                return self.plate;
            }
            let at = (x as f64, y as f64);
            let (dx, dy) = ((at.0 - middle.0) * mm, (at.1 - middle.1) * mm);
            if 1.0 < (dx / 75.0).powi(2) + ((dy - 15.0) / 110.0).powi(2) {
                return ROOM;
            }
            self.skin + bump(at, left, 8.0, 1.5) + bump(at, right, 8.0, 1.4) + bump(at, temple, 14.0, 1.4)
        };
        let counts = (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (x, y)));
        let counts: Vec<u8> =
            counts.flat_map(|(x, y)| (((celsius(x, y) + 273.15) * 100.0).round() as u16).to_be_bytes()).collect();
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, SIZE.0 as u32, SIZE.1 as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Sixteen);
        encoder.write_header().unwrap().write_image_data(&counts).unwrap();
        png
    }
}

fn at(ms: i64) -> Instant64 {
    Instant64::from_micros(1_772_409_131_000_000 + ms * 1_000)
}

/// Twelve frames of a person, and what is made of them.
fn judged(scene: &Scene, eye: &mut ThermalEye, from_ms: i64) -> gate::Heat {
    let image = thermal::read(&scene.frame(), LinearScale::HUNDREDTHS).unwrap().remove(0);
    let mut looks = Vec::new();
    for frame in 0..12 {
        let now = at(from_ms + frame * 100);
        eye.take(&image, now);
        looks.push(eye.look(&scene.face, now));
    }
    eye.judge(&looks, &GateRules::default_rules(), at(from_ms + 1_200))
}

fn eye(scene: &Scene) -> ThermalEye {
    ThermalEye::new(scene.rig(), Celsius(ROOM), Kelvins(0.5), 0.01)
}

#[test]
fn a_face_of_a_photograph_is_measured_where_it_is_in_the_thermal_frame() {
    let scene = Scene::new();
    let mut eye = eye(&scene);
    let heat = judged(&scene, &mut eye, 0);
    let estimate = heat.estimate_c.unwrap_or_else(|| panic!("{heat:?}"));
    assert!((36.3..37.3).contains(&estimate), "{heat:?}");
    assert_eq!(heat.state, State::Clear, "{heat:?}");
    assert!(heat.low_c.unwrap() < estimate && estimate < heat.high_c.unwrap());
    assert_eq!(eye.fault(at(1_200)), None);
    // Somebody with a fever of two degrees more.
    let feverish = Scene { skin: 35.9, ..scene };
    let alarm = judged(&feverish, &mut eye, 10_000);
    assert_eq!(alarm.state, State::Alarm, "{alarm:?}");
    let warmer = alarm.estimate_c.unwrap() - estimate;
    assert!((1.5..2.6).contains(&warmer), "{warmer}");
}

#[test]
fn a_blackbody_that_is_covered_measures_nobody_and_says_so() {
    let scene = Scene { plate: ROOM, ..Scene::new() };
    let mut eye = eye(&scene);
    let heat = judged(&scene, &mut eye, 0);
    assert_eq!((heat.state, heat.estimate_c), (State::Recheck, None), "{heat:?}");
    assert!(heat.why.iter().any(|it| it == "no_reference"), "{heat:?}");
    assert!(eye.fault(at(1_200)).is_some_and(|it| it.starts_with("blackbody_")), "{:?}", eye.fault(at(1_200)));
}

#[test]
fn frames_that_were_not_taken_together_measure_nobody() {
    let scene = Scene::new();
    let mut eye = eye(&scene);
    let image = thermal::read(&scene.frame(), LinearScale::HUNDREDTHS).unwrap().remove(0);
    eye.take(&image, at(0));
    let looks: Vec<_> = (0..12).map(|_| eye.look(&scene.face, at(500))).collect();
    let heat = eye.judge(&looks, &GateRules::default_rules(), at(500));
    assert_eq!((heat.state, heat.why.as_slice()), (State::Recheck, &["not_together".to_owned()][..]));
    // And a camera that is gone is told.
    assert_eq!(eye.fault(at(60_000)).as_deref(), Some("no_frames"));
}

#[test]
fn who_comes_in_from_the_cold_waits_and_weather_that_nobody_knows_makes_nobody_wait() {
    let scene = Scene::new();
    let mut eye = eye(&scene);
    let from = |degrees: f64, indoors_s: f64| gate::Weather::Known { outdoors: Celsius(degrees), indoors_s };
    for (n, (weather, state)) in [
        (from(-2.0, 0.0), State::Recheck),
        (from(-2.0, 900.0), State::Clear),
        (from(14.0, 60.0), State::Recheck),
        (from(14.0, 300.0), State::Clear),
        (from(20.0, 0.0), State::Clear),
        (gate::Weather::Unknown, State::Clear),
        (gate::Weather::Unasked, State::Clear),
    ]
    .into_iter()
    .enumerate()
    {
        eye.set_weather(weather);
        let from_ms = 10_000 * i64::try_from(n).unwrap();
        let heat = judged(&scene, &mut eye, from_ms);
        assert_eq!(heat.state, state, "{weather:?} {heat:?}");
        assert_eq!(heat.why.iter().any(|it| it == "not_acclimatised"), state == State::Recheck, "{weather:?} {heat:?}");
        let told = eye.fault(at(from_ms + 1_200)).as_deref() == Some("weather_unknown");
        assert_eq!(told, weather == gate::Weather::Unknown, "a station that has fallen silent is told");
    }
}

#[test]
fn what_a_site_has_learnt_is_added_and_no_longer_called_shipped() {
    let scene = Scene::new();
    let mut eye = eye(&scene);
    let before = judged(&scene, &mut eye, 0);
    let estimate = before.estimate.clone().unwrap();
    assert!(estimate.notes.iter().any(|it| matches!(it, body_temperature::Note::SiteNotLearnt)), "{estimate:?}");
    let pairs: Vec<Pair> = (0..60)
        .map(|it| Pair {
            before_offset: estimate.before_offset + Kelvins(f64::from(it % 5) * 0.1 - 0.2),
            clinical: estimate.before_offset + Kelvins(f64::from(it % 5) * 0.1 - 0.2 + 0.25),
            scale: estimate.quality.mm_per_pixel,
        })
        .collect();
    eye.set_offset(Some(learn(&pairs).unwrap()));
    let after = judged(&scene, &mut eye, 20_000);
    let rise = after.estimate_c.unwrap() - before.estimate_c.unwrap();
    assert!((rise - 0.25).abs() < 0.02, "{rise}");
    let after = after.estimate.unwrap();
    assert!(!after.notes.iter().any(|it| matches!(it, body_temperature::Note::SiteNotLearnt)), "{after:?}");
    eye.set_offset(None);
    assert_eq!(judged(&scene, &mut eye, 40_000).estimate_c, before.estimate_c);
}
