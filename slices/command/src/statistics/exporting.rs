//! An export as it runs: a page of rows is written, hashed and sent while the next one is read. Memory does not grow with it.

use std::collections::HashMap;
use std::io;

use access::Scope;
use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use db::Condition;
use http_api::{Lang, Platform};
use kernel::time::DAY;
use tables::{Outgoing, TableWriter, Written, WrittenCell, WrittenColumn};
use uuid::Uuid;

use super::model::{DayCounts, SIZES};
use crate::store::OfDay;
use crate::store::days;
use crate::store::exports::{self as store, Progress};

/// Rows read at once.
const PAGE: i64 = 4_096;
/// Rows after which it is written down how far an export has come.
const TOLD_EVERY: i64 = 65_536;
/// How long one is remembered.
const KEPT: i64 = DAY;

/// What is exported.
pub(crate) struct Plan {
    pub(crate) id: Uuid,
    pub(crate) written: Written,
    pub(crate) lang: Lang,
    /// Of the first page.
    pub(crate) filter: Condition,
    /// Of every later one.
    pub(crate) further: Condition,
}

/// An export under way.
pub(crate) struct Run {
    platform: Platform,
    scope: Scope,
    plan: Plan,
    outgoing: Outgoing,
    /// Nothing once it is finished.
    table: Option<TableWriter<Outgoing>>,
    /// The page to be written next; nothing before the first was read.
    read: Option<Vec<OfDay<DayCounts>>>,
    areas: HashMap<String, String>,
    digest: Context,
    rows: i64,
    bytes: i64,
    told: i64,
}

impl Run {
    pub(crate) fn new(platform: Platform, scope: Scope, plan: Plan) -> io::Result<Self> {
        let outgoing = Outgoing::default();
        let sheet = plan.lang.pick("统计", "statistics");
        let table = TableWriter::new(plan.written, outgoing.clone(), sheet, columns(plan.lang))?;
        let (digest, areas) = (Context::new(&SHA256), HashMap::new());
        Ok(Self {
            platform,
            scope,
            plan,
            outgoing,
            table: Some(table),
            read: None,
            areas,
            digest,
            rows: 0,
            bytes: 0,
            told: 0,
        })
    }

    /// The next bytes; nothing when the file is whole.
    pub(crate) async fn next(&mut self) -> io::Result<Option<Bytes>> {
        while let Some(mut table) = self.table.take() {
            let page = match self.read.take() {
                Some(page) => page,
                None => self.page(None).await?,
            };
            let Some(last) = page.last() else {
                tokio::task::spawn_blocking(move || table.finish()).await??;
                let rest = self.sent();
                let digest = self.digest.clone().finish();
                self.tell("done", Some(digest.as_ref().to_vec())).await?;
                return Ok(Some(rest));
            };
            self.name_areas(&page).await?;
            let cells: Vec<_> = page.iter().map(|it| cells(it, &self.areas, self.plan.lang)).collect();
            self.rows += i64::try_from(page.len()).unwrap_or(PAGE);
            let writing = tokio::task::spawn_blocking(move || table.write(&cells).map(|()| table));
            let (written, following) = tokio::join!(writing, self.page(Some(last)));
            self.table = Some(written??);
            self.read = Some(following?);
            let piece = self.sent();
            if self.told + TOLD_EVERY <= self.rows {
                self.told = self.rows;
                self.tell("running", None).await?;
            }
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
        }
        Ok(None)
    }

    /// It was cut off.
    pub(crate) async fn failed(&self) {
        if let Err(error) = self.tell("failed", None).await {
            tracing::warn!(%error, "an export failed, and so did writing that down");
        }
    }

    async fn page(&self, after: Option<&OfDay<DayCounts>>) -> io::Result<Vec<OfDay<DayCounts>>> {
        let mut db = self.platform.db.reader();
        let filter = if after.is_none() { &self.plan.filter } else { &self.plan.further };
        days::list(&mut db, &self.scope, filter.clone(), after, PAGE).await.map_err(io::Error::other)
    }

    async fn name_areas(&mut self, page: &[OfDay<DayCounts>]) -> io::Result<()> {
        let mut unknown: Vec<String> =
            page.iter().map(|it| &it.group.area).filter(|it| !self.areas.contains_key(*it)).cloned().collect();
        unknown.sort_unstable();
        unknown.dedup();
        if !unknown.is_empty() {
            let mut db = self.platform.db.reader();
            let names = places::area_names(&mut db, &unknown).await.map_err(io::Error::other)?;
            self.areas.extend(unknown.into_iter().map(|it| (it.clone(), names.get(&it).cloned().unwrap_or(it))));
        }
        Ok(())
    }

    fn sent(&mut self) -> Bytes {
        let piece = self.outgoing.take();
        self.digest.update(&piece);
        self.bytes += i64::try_from(piece.len()).unwrap_or(0);
        Bytes::from(piece)
    }

    async fn tell(&self, state: &'static str, sha256: Option<Vec<u8>>) -> io::Result<()> {
        let progress = Progress { state, rows: self.rows, bytes: self.bytes, sha256 };
        let mut tx = self.platform.db.begin().await.map_err(io::Error::other)?;
        store::advance(&mut tx, self.plan.id, progress).await.map_err(io::Error::other)?;
        tx.commit().await.map_err(io::Error::other)
    }
}

/// Forgets exports of which nobody will ask any more.
///
/// # Errors
/// The database's.
pub async fn sweep(platform: &Platform) -> anyhow::Result<()> {
    let mut tx = platform.db.begin().await?;
    store::prune(&mut tx, platform.now().plus(-KEPT)).await?;
    Ok(tx.commit().await?)
}

fn columns(lang: Lang) -> Vec<WrittenColumn> {
    let text = |name, zh| WrittenColumn { heading: lang.pick(zh, name), name, is_number: false };
    let keys = [
        text("day", "日期"),
        text("area_code", "区域代码"),
        text("area", "区域"),
        text("industry_section", "行业门类"),
        text("size_class", "规模"),
    ];
    let counts = DayCounts::NAMES.iter().map(|name| WrittenColumn {
        heading: lang.pick(chinese(name), name),
        name,
        is_number: true,
    });
    keys.into_iter().chain(counts).collect()
}

/// A count as it is headed in Chinese.
pub(crate) fn chinese(name: &'static str) -> &'static str {
    match name {
        "enterprises" => "企业数",
        "enterprises_open" => "已复工企业数",
        "headcount" => "在册人数",
        "headcount_open" => "已复工企业在册人数",
        "reports_due" => "应报日报",
        "reports_filed" => "已报日报",
        "planned" => "计划到岗",
        "on_duty" => "实际到岗",
        "from_affected" => "来自疫区",
        "abnormal" => "健康异常",
        "isolated" => "隔离人数",
        "electricity_enterprises" => "有用电基准的企业数",
        "electricity_kwh" => "用电量（千瓦时）",
        "electricity_baseline_kwh" => "用电基准（千瓦时）",
        other => other,
    }
}

/// What a size class is called.
pub(crate) fn size_name(code: &str, lang: Lang) -> String {
    const CHINESE: [&str; 4] = ["规上", "限上", "规下", "小微"];
    let known = SIZES.iter().zip(CHINESE).find(|it| *it.0 == code);
    lang.pick(known.map_or(code, |it| it.1), code).to_owned()
}

fn cells(row: &OfDay<DayCounts>, areas: &HashMap<String, String>, lang: Lang) -> Vec<WrittenCell> {
    let group = &row.group;
    let area = areas.get(&group.area).unwrap_or(&group.area);
    let keys = [row.day.clone(), group.area.clone(), area.clone(), group.section.clone(), size_name(&group.size, lang)];
    keys.into_iter().map(WrittenCell::Text).chain(row.counts.values().map(WrittenCell::Whole)).collect()
}
