//! Shapes of areas: the district's own polygons, from which maps are drawn.

pub mod geometry;
pub mod reading;

use std::collections::HashSet;

use access::{Located, Scope};
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::{AreaCode, Instant64};
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::{areas, shapes as store};
use geometry::{Bounds, Polygon, ShapeFault};
use reading::{FileFault, Read};

/// The most faults that are named one by one.
const MOST_NAMED: usize = 1_000;

/// The shape of an area, checked and simplified.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Whose.
    pub area: AreaCode,
    /// Outlines with their holes.
    pub polygons: Vec<Polygon>,
    /// What they cover.
    pub bounds: Bounds,
    /// How many points they have.
    pub n_points: usize,
}

/// What is wrong with a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No area code.
    Code,
    /// No polygon.
    Kind,
    /// Too many points.
    Points,
    /// A ring.
    Ring(ShapeFault),
}

/// A refused feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FailedRow)]
pub struct RowFault {
    /// Its number in the file.
    pub line: i64,
    /// The property at fault.
    pub column: String,
    /// The error's code.
    pub code: String,
    /// What stood there.
    pub value: String,
}

/// What an import of shapes did, or would do.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct ShapesReport {
    /// Features read.
    pub features: i64,
    /// Areas that had no shape.
    pub created: i64,
    /// Areas that get another shape.
    pub updated: i64,
    /// Shapes that are as they were.
    pub unchanged: i64,
    /// Features that were refused.
    pub failed_count: i64,
    /// They, at most 1,000 of them; `line` counts the features from 1.
    pub failed: Vec<RowFault>,
    /// Whether nothing was written.
    pub dry_run: bool,
}

impl Fault {
    const fn code(self) -> (&'static str, ErrorCode) {
        match self {
            Self::Code => ("code", ErrorCode::AreaCodeForm),
            Self::Kind => ("geometry", ErrorCode::ShapeKind),
            Self::Points => ("geometry", ErrorCode::ShapePoints),
            Self::Ring(ShapeFault::Empty) => ("geometry", ErrorCode::RingEmpty),
            Self::Ring(ShapeFault::Open) => ("geometry", ErrorCode::RingOpen),
            Self::Ring(ShapeFault::Crossing) => ("geometry", ErrorCode::RingCrossing),
            Self::Ring(ShapeFault::Range) => ("geometry", ErrorCode::OutOfRange),
        }
    }
}

/// The file's faults as an answer.
pub(crate) fn file_fault(fault: FileFault) -> ApiError {
    match fault {
        FileFault::Form => ApiError::field("file", ErrorCode::GeojsonForm),
        FileFault::TooMany => ApiError::field("file", ErrorCode::TooLarge),
    }
}

/// Stores the shapes of areas inside the scope. Good ones land, the others come back named.
pub(crate) async fn import(
    tx: &mut Tx,
    scope: &Scope,
    read: Vec<Read>,
    dry_run: bool,
    now: Instant64,
) -> ApiResult<ShapesReport> {
    let known = areas::names_in_force(tx, now).await?;
    let before = store::texts(tx).await?;
    let mut report =
        ShapesReport { features: i64::try_from(read.len()).unwrap_or(i64::MAX), dry_run, ..ShapesReport::default() };
    let (mut changed, mut seen) = (Vec::new(), HashSet::new());
    for (index, it) in read.into_iter().enumerate() {
        let judged = it.shape.map_err(Fault::code).and_then(|shape| {
            let covered = scope.covers(Located { area: Some(shape.area.as_str()), ..Located::default() });
            match (known.contains_key(shape.area.as_str()), covered, seen.insert(shape.area.clone())) {
                (false, ..) => Err(("code", ErrorCode::AreaUnknown)),
                (true, false, _) => Err(("code", ErrorCode::BeyondScope)),
                (true, true, false) => Err(("code", ErrorCode::Repeated)),
                (true, true, true) => Ok(shape),
            }
        });
        match judged {
            Ok(shape) => match before.get(shape.area.as_str()) {
                Some(text) if *text == store::text(&shape.polygons)? => report.unchanged += 1,
                other => {
                    *(if other.is_none() { &mut report.created } else { &mut report.updated }) += 1;
                    changed.push(shape);
                }
            },
            Err((column, code)) => {
                report.failed_count += 1;
                if report.failed.len() < MOST_NAMED {
                    let line = i64::try_from(index).unwrap_or(i64::MAX - 1) + 1;
                    let (column, code) = (column.to_owned(), code.code().to_owned());
                    report.failed.push(RowFault { line, column, code, value: it.code });
                }
            }
        }
    }
    if !dry_run {
        store::put(tx, &changed, &scope.actor().name, now).await?;
    }
    Ok(report)
}
