//! Roles × permissions: one table.

kernel::coded! {
    /// What an account is for.
    pub enum Role {
        /// 系统管理员: accounts, areas, devices, gate rules; sees no person data.
        Administrator = "administrator",
        /// 指挥部: the district now.
        Command = "command",
        /// 企业专管员: own roster and gates; never a medical reason.
        Enterprise = "enterprise",
        /// 门岗: one gate.
        Guard = "guard",
        /// 疾控: status and its reasons.
        HealthAuthority = "health_authority",
        /// 审计: who looked at what.
        Auditor = "auditor",
        /// 审核人: a department's; applications to reopen.
        Reviewer = "reviewer",
        /// 专员、督导员、挂点责任人、网格员: the enterprises and premises assigned to him, and nothing else.
        Officer = "officer",
    }
}

kernel::coded! {
    /// One thing that may be done.
    pub enum Permission {
        /// See areas, enterprises, sites, gates, devices, responses.
        ReadPlaces = "read_places",
        /// Change areas, enterprises, sites, gates.
        EditPlaces = "edit_places",
        /// Start and end a response.
        ManageResponses = "manage_responses",
        /// Register devices, see their journal, rotate their secrets.
        ManageDevices = "manage_devices",
        /// Change gate rules.
        ManageRules = "manage_rules",
        /// See masked person files.
        ReadPeople = "read_people",
        /// Register, correct, employ and end employment.
        EditPeople = "edit_people",
        /// See identity fields in the clear, for a stated purpose.
        RevealIdentity = "reveal_identity",
        /// See where people live, whole, and who lives with them.
        ReadHomes = "read_homes",
        /// See statuses, their reasons and medical verdict reasons.
        ReadMedical = "read_medical",
        /// State that a worker is well, or not.
        Attest = "attest",
        /// Clear a confirmed fever.
        ConfirmClinical = "confirm_clinical",
        /// Decide whether two files are one person's.
        MergePeople = "merge_people",
        /// Answer what workers want put right in their files.
        DecideCorrections = "decide_corrections",
        /// Change the status rules, and try changes out.
        ManageStatusRules = "manage_status_rules",
        /// Order or confirm red by hand; always two.
        OrderRed = "order_red",
        /// Decide appeals against a status.
        ReviewAppeals = "review_appeals",
        /// Make courses, publish and retire them.
        ManageTraining = "manage_training",
        /// Erase a person.
        ErasePeople = "erase_people",
        /// See applications to reopen and their files.
        ReadApplications = "read_applications",
        /// Apply to reopen: begin, save, sign.
        Apply = "apply",
        /// Take applications into review, send them back, decide, suspend.
        ReviewApplications = "review_applications",
        /// Change the application form and the risk of areas.
        ManageReopening = "manage_reopening",
        /// See daily reports, who owes one, supplies and electricity.
        ReadReports = "read_reports",
        /// Report a day of one's own enterprise or project.
        FileReports = "file_reports",
        /// Remind those who have not reported.
        RemindReports = "remind_reports",
        /// Take in files of electricity meters.
        ImportElectricity = "import_electricity",
        /// Assign officers, hand over, name substitutes, draw the district, bring what a census found.
        ManageGrid = "manage_grid",
        /// Decide what a census found.
        ReviewCensus = "review_census",
        /// Plan the shifts of a site and put the plan in force.
        PlanShifts = "plan_shifts",
        /// Visit enterprises and premises, and keep the record of it.
        Visit = "visit",
        /// See who is expected, coaches and vehicles.
        ReadVisitors = "read_visitors",
        /// Announce visitors, say yes to a worker's, plan coaches and sign their manifests.
        AnnounceVisitors = "announce_visitors",
        /// See statistics of what lies inside the account's areas.
        ReadStatistics = "read_statistics",
        /// Keep report templates and say when they are filled.
        ManageReportTemplates = "manage_report_templates",
        /// See readings and verdicts.
        ReadScreenings = "read_screenings",
        /// Enter a reading by hand, record a clinical thermometer's reading.
        RecordScreening = "record_screening",
        /// Change a verdict at the gate, with a supervisor.
        OverrideVerdict = "override_verdict",
        /// Be the supervisor of such a change.
        SuperviseOverride = "supervise_override",
        /// See alarms.
        ReadAlarms = "read_alarms",
        /// Acknowledge, handle, close.
        HandleAlarms = "handle_alarms",
        /// Read the audit log.
        ReadAudit = "read_audit",
        /// Invite, disable and scope accounts.
        ManageAccounts = "manage_accounts",
        /// See the state of the installation.
        ReadOperations = "read_operations",
    }
}

use Permission as P;

const ADMINISTRATOR: &[P] = &[
    P::ReadPlaces,
    P::EditPlaces,
    P::ManageResponses,
    P::ManageDevices,
    P::ManageRules,
    P::ManageAccounts,
    P::ReadOperations,
];
const COMMAND: &[P] = &[
    P::ReadPlaces,
    P::EditPlaces,
    P::ManageResponses,
    P::ReadPeople,
    P::RevealIdentity,
    P::ReadHomes,
    P::MergePeople,
    P::DecideCorrections,
    P::ManageTraining,
    P::ErasePeople,
    P::ReadApplications,
    P::ReviewApplications,
    P::ManageReopening,
    P::ReadReports,
    P::RemindReports,
    P::ImportElectricity,
    P::ManageGrid,
    P::ReviewCensus,
    P::ReadStatistics,
    P::ManageReportTemplates,
    P::ReadVisitors,
    P::AnnounceVisitors,
    P::ReadScreenings,
    P::ReadAlarms,
    P::HandleAlarms,
    P::SuperviseOverride,
];
const ENTERPRISE: &[P] = &[
    P::ReadPlaces,
    P::ReadPeople,
    P::EditPeople,
    P::MergePeople,
    P::DecideCorrections,
    P::RevealIdentity,
    P::Attest,
    P::ManageTraining,
    P::ReadApplications,
    P::Apply,
    P::ReadReports,
    P::FileReports,
    P::PlanShifts,
    P::ReadVisitors,
    P::AnnounceVisitors,
    P::ReadScreenings,
    P::RecordScreening,
    P::ReadAlarms,
    P::HandleAlarms,
    P::SuperviseOverride,
];
const GUARD: &[P] = &[P::ReadScreenings, P::RecordScreening, P::OverrideVerdict, P::ReadAlarms, P::HandleAlarms];
const HEALTH_AUTHORITY: &[P] = &[
    P::ReadPlaces,
    P::ReadPeople,
    P::RevealIdentity,
    P::ReadHomes,
    P::ReadMedical,
    P::Attest,
    P::ConfirmClinical,
    P::ManageStatusRules,
    P::OrderRed,
    P::ReviewAppeals,
    P::MergePeople,
    P::ManageTraining,
    P::ErasePeople,
    P::ReadVisitors,
    P::ReadScreenings,
    P::ReadAlarms,
    P::HandleAlarms,
];
const AUDITOR: &[P] = &[P::ReadAudit];
const REVIEWER: &[P] = &[
    P::ReadPlaces,
    P::ReadApplications,
    P::ReviewApplications,
    P::ReadReports,
    P::RemindReports,
    P::ReadStatistics,
    P::ManageReportTemplates,
    P::ReviewCensus,
    P::Visit,
];
const OFFICER: &[P] =
    &[P::ReadPlaces, P::ReadApplications, P::ReadReports, P::RemindReports, P::ReviewCensus, P::Visit];

/// What a role may do.
pub const fn permissions(role: Role) -> &'static [Permission] {
    match role {
        Role::Administrator => ADMINISTRATOR,
        Role::Command => COMMAND,
        Role::Enterprise => ENTERPRISE,
        Role::Guard => GUARD,
        Role::HealthAuthority => HEALTH_AUTHORITY,
        Role::Auditor => AUDITOR,
        Role::Reviewer => REVIEWER,
        Role::Officer => OFFICER,
    }
}

impl Role {
    /// Whether the role's sessions may do this.
    pub fn may(self, permission: Permission) -> bool {
        permissions(self).contains(&permission)
    }

    /// Whether an account of this role reaches what is assigned to it and nothing else; the area that it was given
    /// says where it belongs and who may manage it.
    pub const fn reaches_by_duty(self) -> bool {
        matches!(self, Self::Officer)
    }

    /// Guards sign in with a PIN on an enrolled tablet, all others with password and one-time code.
    pub const fn uses_pin(self) -> bool {
        matches!(self, Self::Guard)
    }
}

/// The table as Markdown, for `docs/api.md`.
pub fn table_as_markdown() -> String {
    let mut out = String::from("| permission |");
    let mut rule = String::from("|---|");
    for role in Role::ALL {
        out.push_str(&format!(" {} |", role.code()));
        rule.push_str(":-:|");
    }
    out.push('\n');
    out.push_str(&rule);
    out.push('\n');
    for permission in Permission::ALL {
        out.push_str(&format!("| `{}` |", permission.code()));
        for role in Role::ALL {
            out.push_str(if role.may(*permission) { " ● |" } else { "  |" });
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_administrator_sees_no_person_data() {
        for permission in
            [Permission::ReadPeople, Permission::ReadScreenings, Permission::RevealIdentity, Permission::ReadMedical]
        {
            assert!(!Role::Administrator.may(permission), "{permission:?}");
        }
    }

    #[test]
    fn only_the_health_authority_sees_medical_reasons() {
        let sees: Vec<_> = Role::ALL.iter().filter(|it| it.may(Permission::ReadMedical)).collect();
        assert_eq!(sees, [&Role::HealthAuthority]);
    }

    #[test]
    fn codes_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.code()), Some(*role));
        }
        for permission in Permission::ALL {
            assert_eq!(Permission::parse(permission.code()), Some(*permission));
        }
    }
}
