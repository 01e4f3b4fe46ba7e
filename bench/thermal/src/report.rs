//! The tables that are printed.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use body_temperature::{CameraModel, Celsius, Channel, MillimetresPerPixel, Pair, SkinModel, State, learn};

use crate::chance::is_fitted_on;
use crate::data::Sitting;
use crate::figures::{
    Judged, auc, bias_from, brier, count, covered, hits, interval, mean, quantile, rmse, slope, within,
};
use crate::fit::{Fitted, Part, Shape, Way, fit};
use crate::judge::{Case, beside_the_cohort, judge};

/// What is accepted: fevers rise as fevers do, and are not pulled towards normal.
const SLOPE_MIN: f64 = 0.8;
const BIAS_MAX: f64 = 0.15;
/// Below this many fevers no sensitivity of a group is worth a figure.
const FEVERS_MIN: usize = 5;

/// What everything is reported of.
pub struct Bench<'a> {
    pub camera: &'a str,
    pub model: CameraModel,
    pub people: &'a [Sitting],
    pub seed: u64,
    pub threshold: f64,
}

impl<'a> Bench<'a> {
    fn halves(&self, seed: u64) -> [Vec<&'a Sitting>; 2] {
        let (fitted_on, reported_on) = self.people.iter().partition(|it| is_fitted_on(seed, &it.id));
        [fitted_on, reported_on]
    }

    /// Fitted on one half, everybody of the other.
    fn one_way(&self, way: Way, [fitted_on, reported_on]: [&[&'a Sitting]; 2]) -> (Fitted, Vec<Case<'a>>) {
        let fitted = fit(way, fitted_on, self.threshold);
        let cases = judge(&fitted, reported_on, self.threshold);
        (fitted, cases)
    }

    /// Everybody, each by what was fitted on the half that he is not of, in the order in which they came.
    fn both_ways(&self, way: Way) -> Vec<Case<'a>> {
        let [a, b] = self.halves(self.seed);
        let (_, of_b) = self.one_way(way, [&a, &b]);
        let (_, of_a) = self.one_way(way, [&b, &a]);
        let mut all: Vec<Case<'_>> = of_a.into_iter().chain(of_b).collect();
        let place = |case: &Case<'_>| self.people.iter().position(|it| it.id == case.sitting.id);
        all.sort_by_cached_key(place);
        all
    }

    /// All of it.
    pub fn report(&self) {
        let [a, b] = self.halves(self.seed);
        let fevers = |of: &[&Sitting]| of.iter().filter(|it| self.threshold <= it.oral.0).count();
        println!(
            "\n## {} — {} people, {} with oral >= {}",
            self.camera,
            self.people.len(),
            fevers(&self.people.iter().collect::<Vec<_>>()),
            self.threshold
        );
        println!(
            "split by hash of the subject with seed {}: {} fitted on ({} fevers), {} reported on ({} fevers)",
            self.seed,
            a.len(),
            fevers(&a),
            b.len(),
            fevers(&b)
        );
        self.fitted(&a, &b);
        self.estimators();
        self.parts_and_blackbody();
        self.operating_points();
        self.groups();
        self.probabilities();
        self.decisions();
        self.mouths();
    }

    fn fitted(&self, a: &[&'a Sitting], b: &[&'a Sitting]) {
        println!("\n### acceptance: slope >= {SLOPE_MIN}, |bias at >= {}| <= {BIAS_MAX}", self.threshold);
        for (name, halves) in [("first half -> second", [a, b]), ("second half -> first", [b, a])] {
            let (fitted, cases) = self.one_way(Way::SHIPPED, halves);
            let judged = judged(&cases);
            let refused = halves.map(<[_]>::len).into_iter().next_back().unwrap_or(0) - judged.len();
            let (slope_is, bias) = (slope(&judged), bias_from(&judged, self.threshold));
            let verdict = if SLOPE_MIN <= slope_is && bias.abs() <= BIAS_MAX { "PASS" } else { "FAIL" };
            let [from, to] = interval(&judged, self.seed, |it| bias_from(it, self.threshold));
            let [low, high] = interval(&judged, self.seed, slope);
            println!(
                "{verdict} {name}: slope {slope_is:.2} [{low:.2}, {high:.2}], bias {bias:+.2} [{from:+.2}, {to:+.2}], {refused} refused"
            );
            let skin = &fitted.skin;
            println!(
                "     canthus {:+.3} {:+.4}/K air, face {:+.3} {:+.4}/K air, gain {:.2}, forward slope {:.2} sd {:.3} scale {:.3}, repeat {:.3}, person {:.3}",
                skin.canthus.offset.0,
                -skin.canthus.a_kelvin_of_air,
                skin.face_max.offset.0,
                -skin.face_max.a_kelvin_of_air,
                skin.gain,
                skin.both.slope,
                skin.both.sd.0,
                skin.both.scale.0,
                skin.repeat.0,
                skin.both.person.0
            );
        }
        self.shipped(a, b);
        self.many_splits();
    }

    /// With the numbers that are compiled in, before and after learning an offset from the half that is fitted on. The
    /// reference fitted them on these people too: this is no figure of strangers.
    fn shipped(&self, a: &[&'a Sitting], b: &[&'a Sitting]) {
        let skin = self.model.skin();
        let prior = fit(Way::SHIPPED, a, self.threshold).prior;
        let judge_with = |skin: SkinModel, people: &[&'a Sitting]| {
            judged(&judge(&Fitted { way: Way::SHIPPED, skin, prior }, people, self.threshold))
        };
        let line = |name: &str, it: &[Judged]| {
            println!(
                "     {name}: mean error {:+.2}, slope {:.2}, bias {:+.2}, RMSE {:.3}, interval holds {:.3}",
                mean(it.iter().map(|it| it.estimate - it.oral)),
                slope(it),
                bias_from(it, self.threshold),
                rmse(it),
                covered(it)
            );
        };
        line("as shipped, second half (in sample)", &judge_with(skin, b));
        let scale = MillimetresPerPixel(0.9);
        let pairs = judge_with(skin, a).into_iter().map(|it| Pair {
            before_offset: Celsius(it.estimate),
            clinical: Celsius(it.oral),
            scale,
        });
        match learn(&pairs.collect::<Vec<_>>()) {
            Ok(learnt) => {
                let moved = |it: Channel| Channel { offset: it.offset + learnt.by * (1.0 / skin.gain), ..it };
                let skin = SkinModel { canthus: moved(skin.canthus), face_max: moved(skin.face_max), ..skin };
                line(
                    &format!(
                        "and an offset of {:+.3} ± {:.3} learnt from {} of the first",
                        learnt.by.0, learnt.u.0, learnt.n
                    ),
                    &judge_with(skin, b),
                );
            }
            Err(why) => println!("     no offset is learnt: {why:?}"),
        }
    }

    /// The same over many seeds: how much of a pass is luck.
    fn many_splits(&self) {
        for (name, shape) in
            [("with gain (shipped)", Shape::Gain), ("without gain", Shape::Air), ("regression", Shape::Regression)]
        {
            let way = Way { shape, ..Way::SHIPPED };
            let tried: Vec<(f64, f64)> = (0..200)
                .map(|seed| {
                    let [a, b] = self.halves(1_000 + seed);
                    let judged = judged(&self.one_way(way, [&a, &b]).1);
                    (slope(&judged), bias_from(&judged, self.threshold))
                })
                .collect();
            let passes = tried.iter().filter(|(slope, bias)| SLOPE_MIN <= *slope && bias.abs() <= BIAS_MAX).count();
            let spread = |of: fn(&(f64, f64)) -> f64| [0.05, 0.5, 0.95].map(|it| quantile(tried.iter().map(of), it));
            let ([s0, s1, s2], [b0, b1, b2]) = (spread(|it| it.0), spread(|it| it.1));
            println!(
                "200 other splits, {name}: {:.0} % pass; slope {s1:.2} (5..95 %: {s0:.2}..{s2:.2}), bias {b1:+.2} ({b0:+.2}..{b2:+.2})",
                100.0 * count(passes) / 200.0
            );
        }
    }

    fn estimators(&self) {
        println!("\n### estimators, everybody by the other half: the lowest RMSE is the worst on fever");
        println!(
            "| estimator | RMSE | within ±0.3 | ±0.5 | bias >= {} | bias >= 38 | slope | AUC |\n|---|---|---|---|---|---|---|---|",
            self.threshold
        );
        let shapes = [
            ("constant offset", Shape::Offset),
            ("offset + air", Shape::Air),
            ("**offset + air + gain (shipped)**", Shape::Gain),
            ("regression on the reading", Shape::Regression),
        ];
        for (name, shape) in shapes {
            let it = judged(&self.both_ways(Way { shape, ..Way::SHIPPED }));
            println!(
                "| {name} | {:.3} | {:.2} | {:.2} | {:+.2} | {:+.2} | {:.2} | {:.3} |",
                rmse(&it),
                within(&it, 0.3),
                within(&it, 0.5),
                bias_from(&it, self.threshold),
                bias_from(&it, 38.0),
                slope(&it),
                auc(&it, self.threshold)
            );
        }
    }

    fn parts_and_blackbody(&self) {
        println!("\n### parts of the face, blackbody, cohort (everybody by the other half)");
        println!(
            "| | AUC >= {} [95 %] | RMSE | within ±0.3 | slope | bias |\n|---|---|---|---|---|---|",
            self.threshold
        );
        let row = |name: &str, it: &[Judged]| {
            let [low, high] = interval(it, self.seed, |it| auc(it, self.threshold));
            println!(
                "| {name} | {:.3} [{low:.3}, {high:.3}] | {:.3} | {:.2} | {:.2} | {:+.2} |",
                auc(it, self.threshold),
                rmse(it),
                within(it, 0.3),
                slope(it),
                bias_from(it, self.threshold)
            );
        };
        for (name, part) in [("both", Part::Both), ("canthus", Part::Canthus), ("face max", Part::FaceMax)] {
            let way = Way { part, ..Way::SHIPPED };
            let (with, without) =
                (judged(&self.both_ways(way)), judged(&self.both_ways(Way { blackbody: false, ..way })));
            row(&format!("{name}, blackbody"), &with);
            row(&format!("{name}, no blackbody"), &without);
            for n in [10, 30].into_iter().filter(|_| part == Part::Both) {
                row(&format!("{name}, blackbody + cohort {n}"), &beside_the_cohort(&with, n, self.threshold));
                row(&format!("{name}, no blackbody + cohort {n}"), &beside_the_cohort(&without, n, self.threshold));
            }
        }
    }

    fn operating_points(&self) {
        println!("\n### sensitivity; specificity (everybody by the other half)");
        println!("| fever | cut | both | canthus | face max | both, no blackbody |\n|---|---|---|---|---|---|");
        let way = |part, blackbody| judged(&self.both_ways(Way { part, blackbody, ..Way::SHIPPED }));
        let ways = [way(Part::Both, true), way(Part::Canthus, true), way(Part::FaceMax, true), way(Part::Both, false)];
        for (fever, cut) in [(37.3, 37.3), (37.3, 37.1), (37.5, 37.5), (37.5, 37.3), (38.0, 38.0), (38.0, 37.8)] {
            let cells = ways.each_ref().map(|it| {
                let (sensitivity, specificity) = hits(it, fever, cut);
                format!("{sensitivity:.2}; {specificity:.2}")
            });
            println!("| {fever} | {cut} | {} |", cells.join(" | "));
        }
    }

    fn groups(&self) {
        let cases = self.both_ways(Way::SHIPPED);
        println!("\n### groups (everybody by the other half)");
        println!(
            "| group | n | fevers | mean error | error without fever | within ±0.3 | sensitivity at {} - 0.2 | specificity |\n|---|---|---|---|---|---|---|---|",
            self.threshold
        );
        let kinds: [fn(&Sitting) -> &str; 3] = [|it| &it.sex, |it| &it.ethnicity, |it| &it.cosmetics];
        for (kind, of) in ["", "", "cosmetics "].into_iter().zip(kinds) {
            let mut names: Vec<&str> = cases.iter().map(|it| of(it.sitting)).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let it: Vec<Judged> = cases.iter().filter(|it| of(it.sitting) == name).map(|it| it.judged).collect();
                let fevers = it.iter().filter(|it| self.threshold <= it.oral).count();
                let (sensitivity, specificity) = hits(&it, self.threshold, self.threshold - 0.2);
                let sensitivity = if fevers < FEVERS_MIN { "–".to_owned() } else { format!("{sensitivity:.2}") };
                let without = mean(it.iter().filter(|it| it.oral < self.threshold).map(|it| it.estimate - it.oral));
                println!(
                    "| {kind}{name} | {} | {fevers} | {:+.2} | {without:+.2} | {:.2} | {sensitivity} | {specificity:.2} |",
                    it.len(),
                    mean(it.iter().map(|it| it.estimate - it.oral)),
                    within(&it, 0.3)
                );
            }
        }
    }

    fn probabilities(&self) {
        let it = judged(&self.both_ways(Way::SHIPPED));
        let base = mean(it.iter().map(|it| if self.threshold <= it.oral { 1.0 } else { 0.0 }));
        println!(
            "\n### P(fever): Brier {:.3} (saying {base:.3} to everybody: {:.3}); interval holds {:.3}, half width {:.2}",
            brier(&it, self.threshold),
            base * (1.0 - base),
            covered(&it),
            mean(it.iter().map(|it| it.half_width))
        );
        println!("| said | n | mean said | observed |\n|---|---|---|---|");
        let edges = [0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.01];
        for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
            let bin: Vec<&Judged> = it.iter().filter(|it| *from <= it.p_fever && it.p_fever < *to).collect();
            if !bin.is_empty() {
                let fevers = bin.iter().filter(|it| self.threshold <= it.oral).count();
                println!(
                    "| {from}–{:.2} | {} | {:.3} | {:.3} |",
                    to.min(1.0),
                    bin.len(),
                    mean(bin.iter().map(|it| it.p_fever)),
                    count(fevers) / count(bin.len())
                );
            }
        }
    }

    fn decisions(&self) {
        let cases = self.both_ways(Way::SHIPPED);
        println!(
            "\n### decisions at {}, guard 0.2, with the tables' own share of fevers\n| | clear | recheck | alarm |\n|---|---|---|---|",
            self.threshold
        );
        for (name, fever) in [("with fever", true), ("without", false)] {
            let of = |state: State| {
                let is = |it: &&Case<'_>| it.state == state && (self.threshold <= it.judged.oral) == fever;
                cases.iter().filter(is).count()
            };
            println!("| {name} | {} | {} | {} |", of(State::Clear), of(State::Recheck), of(State::Alarm));
        }
    }

    /// What an open mouth does to the warmest of a face from which the mouth was not left out.
    fn mouths(&self) {
        let pairs = || self.people.iter().filter_map(|it| Some((it.rounds.iter().next_back()?, it.mouth_open?)));
        let face = mean(pairs().map(|(closed, open)| (open.face_max - closed.face_max).0));
        let canthus = mean(pairs().map(|(closed, open)| (open.canthus - closed.canthus).0));
        println!("\nround 4 over round 3: face max with the mouth {face:+.2}, canthus {canthus:+.2}");
    }
}

fn judged(cases: &[Case<'_>]) -> Vec<Judged> {
    cases.iter().map(|it| it.judged).collect()
}
