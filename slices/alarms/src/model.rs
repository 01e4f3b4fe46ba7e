//! Alarms as data.

use kernel::Celsius;
use uuid::Uuid;

kernel::id_type! {
    /// An alarm (告警).
    pub struct AlarmId; prefix = "alm"
}
kernel::id_type! {
    /// One line of an alarm's record.
    pub struct AlarmStepId; prefix = "step"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What an alarm is about.
    pub enum AlarmKind {
        /// 疑似发热.
        FeverSuspected = "fever_suspected",
        /// 陌生人.
        Stranger = "stranger",
        /// 未经放行进入: a terminal let in whom we deny or hold.
        EnteredAgainstVerdict = "entered_against_verdict",
        /// 设备失联.
        DeviceSilent = "device_silent",
        /// 设备不可信: it shows another serial or MAC than the registered one.
        DeviceUntrusted = "device_untrusted",
        /// 磁盘空间不足.
        DiskSpace = "disk_space",
        /// 时钟偏差.
        ClockOffset = "clock_offset",
        /// 设备流量超限.
        DeviceQuota = "device_quota",
        /// 申诉逾期: appeals that nobody answered in time.
        AppealLate = "appeal_late",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// How grave it is.
    pub enum Severity {
        /// 提示.
        Info = "info",
        /// 警告.
        Warning = "warning",
        /// 严重.
        Critical = "critical",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Where it stands; it only ever moves down this list.
    pub enum AlarmState {
        /// 待确认.
        Raised = "raised",
        /// 已确认.
        Acknowledged = "acknowledged",
        /// 处置中.
        Handling = "handling",
        /// 已关闭.
        Closed = "closed",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Whom it calls; it only ever moves down this list.
    pub enum AlarmLevel {
        /// The guard.
        Gate = "gate",
        /// The site's lead.
        Site = "site",
        /// The area.
        Area = "area",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What a line of the record says.
    pub enum AlarmStepKind {
        /// It was raised.
        Raised = "raised",
        /// Somebody took notice.
        Acknowledged = "acknowledged",
        /// Nobody did, and the next level was called.
        Escalated = "escalated",
        /// 复测.
        Recheck = "recheck",
        /// 隔离.
        Isolate = "isolate",
        /// 消毒.
        Disinfect = "disinfect",
        /// 送医.
        Hospital = "hospital",
        /// 体温计复测: a clinical thermometer's reading.
        ClinicalReading = "clinical_reading",
        /// 备注.
        Note = "note",
        /// It was closed.
        Closed = "closed",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What somebody may write into the record.
    pub enum AlarmMeasure {
        /// 复测.
        Recheck = "recheck",
        /// 隔离.
        Isolate = "isolate",
        /// 消毒.
        Disinfect = "disinfect",
        /// 送医.
        Hospital = "hospital",
        /// 体温计复测.
        ClinicalReading = "clinical_reading",
        /// 备注.
        Note = "note",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// How it ended.
    pub enum AlarmOutcome {
        /// 已排除.
        Cleared = "cleared",
        /// 确认发热.
        FeverConfirmed = "fever_confirmed",
        /// 已劝离.
        Removed = "removed",
        /// 误报.
        FalseAlarm = "false_alarm",
        /// 已修复.
        Repaired = "repaired",
        /// 已办结: what was late has been done.
        Settled = "settled",
    }
}

impl AlarmMeasure {
    /// The line it makes in the record.
    pub const fn step(self) -> AlarmStepKind {
        match self {
            Self::Recheck => AlarmStepKind::Recheck,
            Self::Isolate => AlarmStepKind::Isolate,
            Self::Disinfect => AlarmStepKind::Disinfect,
            Self::Hospital => AlarmStepKind::Hospital,
            Self::ClinicalReading => AlarmStepKind::ClinicalReading,
            Self::Note => AlarmStepKind::Note,
        }
    }
}

/// Something that deserves an alarm.
#[derive(Debug, Clone, Copy)]
pub struct Raise<'a> {
    /// What it is about.
    pub kind: AlarmKind,
    /// How grave; [`rules::severity`](crate::rules::severity) has the usual one.
    pub severity: Severity,
    /// The person, gate, device or installation whose raises are one alarm:
    /// [`rules::fold_on`](crate::rules::fold_on) picks it.
    pub fold_on: Uuid,
    /// Area; empty for the installation's own.
    pub area_code: &'a str,
    /// Enterprise of the site.
    pub enterprise_id: Option<Uuid>,
    /// Site.
    pub site_id: Option<Uuid>,
    /// Gate.
    pub gate_id: Option<Uuid>,
    /// The gate's name, kept as it was.
    pub gate_name: Option<&'a str>,
    /// Device.
    pub device_id: Option<Uuid>,
    /// Person.
    pub person_id: Option<Uuid>,
    /// The screening that tells of it.
    pub screening_id: Option<Uuid>,
}

/// What somebody writes into the record, before it is checked.
#[derive(Debug, Clone, Copy)]
pub struct NewStep<'a> {
    /// What was done.
    pub measure: AlarmMeasure,
    /// In words.
    pub note: &'a str,
    /// As measured.
    pub temperature: Option<Celsius>,
}
