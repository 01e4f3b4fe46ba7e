//! What the demo teaches: a short film with captions and a document of its first enterprise, with their questions. Pure; who
//! has learnt it is chosen here, too.

use paper::{Row, Section, Sheet};
use serde_json::{Value, json};

use super::district::Site;
use super::roster::Person;

/// A course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Unique in the district.
    pub title: &'static str,
    /// What it is about.
    pub description: &'static str,
    /// Whose own people it is for; of the district otherwise.
    pub enterprise: Option<usize>,
    /// What is watched or read.
    pub content: Content,
    /// How long after its publishing it may be lacking.
    pub due_days: i64,
    /// Its bank: question, answers, the right ones.
    pub bank: &'static [(&'static str, &'static [&'static str], &'static [u8])],
    /// Indexes of those who have learnt it.
    pub learnt: Vec<usize>,
}

/// What is watched or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// The film with its captions.
    Film,
    /// The handbook, set when it is loaded.
    Handbook,
}

/// Slides about coming back to work.
pub const FILM: &[u8] = include_bytes!("film/film.mp4");
/// Its captions: language, file, text.
pub const CAPTIONS: [(&str, &str, &str); 2] = [
    (
        "zh",
        "返岗防疫须知.zh.vtt",
        "WEBVTT\n\n00:00.000 --> 00:06.500\n欢迎返岗。进厂以前，请先看完这个短片。\n\n00:07.000 --> 00:13.500\n\
         每天早晚各量一次体温，并在手机上申报。\n37.3 ℃ 及以上，不要来上班。\n\n00:14.000 --> 00:20.500\n\
         全程戴好口罩，口鼻都盖住。\n排队、开会、就餐都隔开一米以上。\n\n00:21.000 --> 00:27.500\n\
         发热或咳嗽：不上班，马上报告班长，\n戴口罩去发热门诊，不乘公交。\n",
    ),
    (
        "en",
        "back-to-work.en.vtt",
        "WEBVTT\n\n00:00.000 --> 00:06.500\nWelcome back. Please watch this before you enter.\n\n00:07.000 --> 00:13.500\n\
         Take your temperature morning and evening and declare it.\nFrom 37.3 °C on, stay at home.\n\n\
         00:14.000 --> 00:20.500\nWear your mask over mouth and nose.\nKeep one metre apart, also at meals.\n\n\
         00:21.000 --> 00:27.500\nFever or cough: stay away, tell your leader,\ngo to a fever clinic with a mask on.\n",
    ),
];

const OF_FILM: &[(&str, &[&str], &[u8])] = &[
    ("体温达到多少就不能上班？", &["36.8 ℃", "37.0 ℃", "37.3 ℃"], &[2]),
    ("排队时和前面的人隔多远？", &["随便", "一米以上", "半米"], &[1]),
    ("哪些是每天要做的？", &["早晚量体温", "在手机上申报", "把口罩借给同事"], &[0, 1]),
    ("发热了怎么办？", &["吃退热药再上班", "不上班，报告班长，去发热门诊", "下班以后再说"], &[1]),
    ("口罩怎么戴才对？", &["盖住口鼻", "挂在下巴上", "只盖住嘴"], &[0]),
];
const OF_HANDBOOK: &[(&str, &[&str], &[u8])] = &[
    ("进厂要走哪里？", &["测温通道", "货运通道", "哪里近走哪里"], &[0]),
    ("车间每班至少通风几次？", &["一次", "两次", "三次"], &[1]),
    ("食堂怎么用餐？", &["面对面坐", "同向坐、不交谈、错峰", "端到车间吃"], &[1]),
    ("宿舍有人发热，同室的人怎么办？", &["照常上班", "留在原处，等通知", "马上搬走"], &[1]),
];

/// What the handbook says: headings with their rows.
const HANDBOOK: &[(&str, &[(&str, &str)])] = &[
    (
        "一、出门以前",
        &[
            ("量体温", "每天早晚各一次，填到手机上的每日申报里。37.3 ℃ 及以上不来上班，马上打电话告诉班长。"),
            ("有症状", "发热、咳嗽、乏力、腹泻，都先不来；戴口罩去发热门诊，不乘公交，去过以后把结果告诉厂里。"),
            ("家里人", "同住的人有症状或被要求隔离，你也先不来，在手机上如实申报。"),
            ("上下班", "能步行、骑车就不挤车。乘班车按座位号坐，全程戴口罩，不吃东西。"),
        ],
    ),
    (
        "二、进厂",
        &[
            ("走哪里", "员工只走一号门的测温通道，货运通道只给司机和装卸工。"),
            ("怎么走", "前后隔开一米，摘帽、露额头，在终端前停两秒。屏幕说“请复测”，到旁边坐五分钟再测。"),
            ("被拦下", "不要争，也不要从别的门进。屏幕上有原因，手机上有下一步；门岗和班长会帮你。"),
            ("访客", "提前一天由接待的人登记。没有登记的，门岗不放行。"),
        ],
    ),
    (
        "三、车间",
        &[
            ("口罩", "全程戴，盖住口鼻。湿了、脏了就换；每班到班长处领一只，签名。"),
            ("距离", "工位隔开一米以上；做不到的，加隔板，由班长报安全部。"),
            ("通风", "每班至少两次，每次半小时。不能开窗的，新风一直开着，不用回风。"),
            ("消毒", "门把手、按钮、工具手柄，每班两次，用 500 mg/L 含氯消毒液擦，十分钟后用清水擦。"),
            ("班前会", "在室外开，不超过十分钟，隔开一米站。"),
        ],
    ),
    (
        "四、食堂和休息",
        &[
            ("错峰", "按班组分时段，见门口的表。早到的在外面等。"),
            ("坐法", "同向坐、隔位坐，不交谈。吃完就走，戴好口罩再起身。"),
            ("餐具", "用自己的，或用一次性的。水杯不共用。"),
            ("吸烟", "只在室外吸烟点，一次不超过四个人，隔开两米。"),
        ],
    ),
    (
        "五、宿舍",
        &[
            ("人数", "一间不超过六人，床位固定，不串门。换床位要先告诉宿管，手机上的住址也要改。"),
            ("通风", "每天两次，每次半小时；被子勤晒。"),
            ("外出", "没有事不外出。外出要登记去处，回来量体温。"),
            ("同室的人发热", "留在原处，不要自己搬走，等卫健部门通知；饭菜有人送。"),
        ],
    ),
    (
        "六、发热了",
        &[
            ("第一步", "原地戴好口罩，离开人群，告诉班长。不要自己走回宿舍。"),
            ("第二步", "到临时隔离室，由专人陪着去发热门诊。"),
            ("第三步", "工位和走过的地方封起来消毒，同班组的人先不离开。"),
            ("以后", "凭医院的诊断，由卫健部门在系统里更新，才能返岗。"),
        ],
    ),
    (
        "七、个人信息",
        &[
            ("谁看得到", "门岗只看到能不能进。身份信息和健康情况，只有有权的人为防疫目的才能看，每次都有记录。"),
            ("你能看到", "手机上的“我的档案”里，有你的资料、谁看过、为什么看。写错了可以申请更正。"),
            ("什么时候删", "应急响应结束后，按公布的日子删除。"),
        ],
    ),
    (
        "八、找谁",
        &[
            ("班长", "体温、请假、领口罩。"),
            ("安全部", "通道、工位、消毒。"),
            ("人事", "名册、工号、门禁卡。"),
            ("卫健部门", "隔离、返岗、对状态有异议。"),
        ],
    ),
];

/// The courses of a full demo.
pub(super) fn lessons(sites: &[Site], people: &[Person]) -> Vec<Lesson> {
    let of_first = |it: &Person| sites.get(it.site).is_some_and(|site| site.enterprise == Some(0));
    let seen = (0..people.len()).filter(|it| it % 41 == 7).collect();
    // At the site whose gates ask for it one in ten is new and has not read it, the first among them; at the other two in
    // three have not.
    let read = people.iter().enumerate().filter(|(_, it)| of_first(it));
    let read = read
        .enumerate()
        .filter(|(nth, (_, it))| if it.site == 0 { nth % 10 != 0 } else { nth % 3 == 0 })
        .map(|(_, (idx, _))| idx)
        .collect();
    vec![
        Lesson {
            title: "返岗防疫须知",
            description: "28 秒的短片：量体温、戴口罩、隔开一米，发热了怎么办。",
            enterprise: None,
            content: Content::Film,
            due_days: 7,
            bank: OF_FILM,
            learnt: seen,
        },
        Lesson {
            title: "进厂手册",
            description: "进厂、车间、食堂、宿舍怎么做，发热了找谁。没读完的，一号门会拦下。",
            enterprise: Some(0),
            content: Content::Handbook,
            due_days: 0,
            bank: OF_HANDBOOK,
            learnt: read,
        },
    ]
}

impl Lesson {
    /// Its settings as the API wants them.
    pub(super) fn settings(&self) -> Value {
        json!({
            "title": self.title, "description": self.description, "check_count": 1, "question_count": 3,
            "pass_percent": 60, "valid_days": 180, "required": true, "occupations": [], "due_days": self.due_days,
        })
    }

    /// Its bank as the API wants it.
    pub(super) fn questions(&self) -> Vec<Value> {
        let question = |(text, options, correct): &(&str, &[&str], &[u8])| json!({ "text": text, "options": options, "correct": correct });
        self.bank.iter().map(question).collect()
    }
}

/// The handbook: two pages.
pub(super) fn handbook() -> Sheet {
    let row = |(left, right): &(&str, &str)| Row { left: (*left).to_owned(), right: (*right).to_owned() };
    let section = |(heading, rows): &(&str, &[(&str, &str)])| Section {
        heading: (*heading).to_owned(),
        rows: rows.iter().map(row).collect(),
    };
    Sheet {
        title: "进厂手册".into(),
        note: "演示用。每个人进厂前读完，读完再答题。".into(),
        sections: HANDBOOK.iter().map(section).collect(),
        ..Sheet::default()
    }
}

#[cfg(test)]
mod tests {
    use kernel::Instant64;

    use super::*;
    use crate::demo::district::{Size, generate};

    #[test]
    fn some_have_learnt_and_most_have_not() {
        let it = generate(Size::Full, 42, Instant64::parse("2026-03-02T08:30:00+08:00").unwrap());
        let [film, handbook] = it.lessons.as_slice() else { panic!("{:?}", it.lessons) };
        assert!((100..300).contains(&film.learnt.len()), "{}", film.learnt.len());
        let of_first = it.people.iter().filter(|it| it.site == 0).count();
        let read = handbook.learnt.iter().filter(|at| it.people[**at].site == 0).count();
        assert!(of_first * 8 / 10 < read && read < of_first, "{read} of {of_first}");
        assert!(!handbook.learnt.contains(&0) && !film.learnt.contains(&0), "the first of all has both to do");
        assert!(generate(Size::Small, 42, it.made_at).lessons.is_empty());
    }

    #[test]
    fn the_handbook_has_two_pages_and_the_film_fits_one_part() {
        assert_eq!(handbook().page_count(), 2);
        assert!(FILM.len() < 256 * 1024);
    }
}
