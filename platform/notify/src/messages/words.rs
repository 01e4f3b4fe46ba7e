//! What each template says, for providers that send text.

use super::{Message, Template};

/// Chinese first, then English; short, so that a phone's preview shows the code.
pub(super) fn text(message: &Message) -> String {
    let value = |name: &str| message.params.get(name).map_or("", String::as_str);
    match message.template {
        Template::SignInCode => format!(
            "【复工】验证码 {code}，{minutes} 分钟内有效。不要告诉任何人。Fugong code {code}, good for {minutes} min. Tell nobody.",
            code = value("code"),
            minutes = value("minutes"),
        ),
        Template::GuardianCode => {
            let (zh, en) = purpose(value("purpose"));
            format!(
                "【复工】你监护的孩子请你同意处理{zh}。同意才把验证码 {code} 给孩子，{minutes} 分钟内有效。\
                 Your ward asks you to consent to the use of {en}. Only if you do, hand over {code}, good for {minutes} min.",
                code = value("code"),
                minutes = value("minutes"),
            )
        }
        Template::PhoneReplaced => {
            "【复工】你档案里的手机号已换成另一个，这个号码不能再登录。不是你要求的，请联系单位或社区。\
             Your file now has another phone number. Not your wish? Tell your employer or community."
                .to_owned()
        }
        Template::DeclarationDue => "【复工】今天还没有健康申报。打开复工页面，没有变化点一下就行。\
             Today's health declaration is missing. Open the Fugong page; one tap if nothing changed."
            .to_owned(),
        Template::TemperatureDue => "【复工】这半天的体温还没有记录。请量一下，在复工页面填上。\
             The temperature of this half day is missing. Measure it and enter it on the Fugong page."
            .to_owned(),
        Template::TrainingCode => format!(
            "【复工】培训验证码 {code}，{minutes} 分钟内有效。不要告诉任何人。Training code {code}, good for {minutes} min. Tell nobody.",
            code = value("code"),
            minutes = value("minutes"),
        ),
        Template::TrainingDue => format!(
            "【复工】你还没有完成必修培训“{title}”，请在复工页面学习。A required training, “{title}”, is missing. Take it on the Fugong page.",
            title = value("title"),
        ),
        Template::NoticeCode | Template::ApplicationMoved | Template::VisitPlanned | Template::ReportDue => {
            notice(message, value)
        }
        Template::Activated => "【复工】有人用激活码打开了你的档案。不是你，请联系单位或社区。\
             Your file was opened with an activation code. Not you? Tell your employer or community."
            .to_owned(),
    }
}

/// What an enterprise is told of its applications and reports.
fn notice<'a>(message: &Message, value: impl Fn(&str) -> &'a str) -> String {
    match message.template {
        Template::NoticeCode => format!(
            "【复工】验证码 {code}，{minutes} 分钟内有效。填上它，这个手机就会收到申请和日报的提醒。\
             Code {code}, good for {minutes} min: enter it to be told of applications and daily reports on this phone.",
            code = value("code"),
            minutes = value("minutes"),
        ),
        Template::ApplicationMoved => {
            let (zh, en) = moved(value("act"));
            format!(
                "【复工】申请 {number} {zh}，请打开复工平台查看。Application {number} {en}.",
                number = value("number")
            )
        }
        Template::VisitPlanned => format!(
            "【复工】申请 {number} 的检查定于 {day}。The visit for application {number} is on {day}.",
            number = value("number"),
            day = value("day"),
        ),
        _ => format!(
            "【复工】{day} 的日报还没有提交，请在复工平台填报。The daily report of {day} is missing.",
            day = value("day"),
        ),
    }
}

/// What happened to an application.
fn moved(act: &str) -> (&'static str, &'static str) {
    match act {
        "send_back" | "recall" => ("已退回，需要补正", "was returned for correction"),
        "order_visit" => ("将有人上门检查", "will be visited"),
        "fail_visit" => ("检查未通过，需要整改", "did not pass its visit"),
        "approve" => ("已批准", "was approved"),
        "file" => ("已备案", "was filed"),
        "reject" => ("未予批准", "was refused"),
        "suspend" => ("已暂停", "was suspended"),
        "reinstate" => ("已恢复", "holds again"),
        "revoke" => ("已撤销", "was revoked"),
        _ => ("有新进展", "has moved on"),
    }
}

/// What is consented to.
fn purpose(code: &str) -> (&'static str, &'static str) {
    match code {
        "location" => ("位置信息", "location"),
        "face" => ("人脸信息", "face"),
        "matching" => ("名单比对", "list matching"),
        _ => ("个人信息", "personal information"),
    }
}
