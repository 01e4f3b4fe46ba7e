//! Invented names. Any likeness to a place, a firm or a person is chance.

/// District, its city and its province.
pub(super) const ABOVE: &[(&str, &str)] = &[("99", "演示省"), ("9999", "演示市"), ("999999", "榕滨区")];

/// Streets (code below the district, name) with their communities.
pub(super) const STREETS: &[(&str, &str, [&str; 3])] = &[
    ("001", "江口街道", ["江口社区", "滨江社区", "榕荫社区"]),
    ("002", "石桥街道", ["石桥社区", "新埔社区", "锦塘社区"]),
    ("101", "青屿镇", ["青屿社区", "望海社区", "竹屿村"]),
];

/// Enterprises with their industry (GB/T 4754: section and division). The first four make the small district.
pub(super) const ENTERPRISES: &[(&str, &str)] = &[
    ("榕滨精密器械有限公司", "C35"),
    ("拓原电子科技有限公司", "C39"),
    ("云岫纺织有限公司", "C17"),
    ("星屿软件有限公司", "I65"),
    ("海澄食品股份有限公司", "C14"),
    ("德润塑胶制品有限公司", "C29"),
    ("新埔模具有限公司", "C35"),
    ("竹屿商业管理有限公司", "F52"),
    ("滨江建设工程有限公司", "E47"),
    ("澄海冷链仓储有限公司", "G59"),
    ("锦塘家具有限公司", "C21"),
    ("禾木食品有限公司", "C13"),
    ("青屿水产加工有限公司", "C13"),
    ("榕荫电气设备有限公司", "C38"),
    ("望潮汽车部件有限公司", "C36"),
    ("石桥五金制品有限公司", "C33"),
    ("江岚新材料有限公司", "C26"),
    ("泽岸医疗器具有限公司", "C35"),
    ("岭南屿包装有限公司", "C22"),
    ("双榕印务有限公司", "C23"),
    ("沐川光电有限公司", "C39"),
    ("临江鞋业有限公司", "C19"),
    ("衡屿市政工程有限公司", "E48"),
    ("筑屿装饰工程有限公司", "E50"),
    ("知澜信息服务有限公司", "I64"),
    ("潮信数据有限公司", "I65"),
    ("江口物业服务有限公司", "K70"),
    ("屿安保安服务有限公司", "L72"),
    ("海蓝酒店管理有限公司", "H61"),
    ("榕味餐饮管理有限公司", "H62"),
    ("顺埔货运有限公司", "G54"),
    ("望海百货有限公司", "F52"),
    ("青禾农资商贸有限公司", "F51"),
    ("启岸检测技术有限公司", "M74"),
    ("榕滨工程设计有限公司", "M74"),
    ("晨屿广告有限公司", "L72"),
    ("悦江家政服务有限公司", "O80"),
    ("小榕文化创意有限公司", "R88"),
    ("石桥环境工程有限公司", "N77"),
    ("新埔再生资源有限公司", "C42"),
];

/// Sites that belong to no enterprise, with their kind on the wire.
pub(super) const COMMON_SITES: &[(&str, &str)] = &[
    ("青屿小区", "residential_compound"),
    ("江口隔离公寓", "quarantine_home"),
    ("石桥采样点", "sampling_site"),
    ("江口桥卡口", "checkpoint"),
    ("榕荫花苑", "residential_compound"),
    ("滨江新村", "residential_compound"),
    ("望海家园", "residential_compound"),
    ("锦塘小区", "residential_compound"),
    ("石桥新苑", "residential_compound"),
    ("新埔公寓", "residential_compound"),
    ("竹屿小区", "residential_compound"),
    ("望海隔离公寓", "quarantine_home"),
    ("滨江采样点", "sampling_site"),
    ("青屿渡口卡口", "checkpoint"),
];

/// Family names, the frequent ones repeated.
pub(super) const FAMILY: &[&str] = &[
    "陈", "陈", "陈", "林", "林", "林", "黄", "黄", "张", "张", "李", "李", "王", "王", "吴", "吴", "郑", "刘", "杨",
    "周", "蔡", "许", "叶", "苏", "谢", "何", "郭", "曾", "赖", "邱", "庄", "洪", "江", "游", "卢", "欧阳",
];

/// Characters of given names.
pub(super) const GIVEN: &[&str] = &[
    "志", "强", "晓", "敏", "建", "华", "文", "海", "燕", "玲", "伟", "芳", "明", "丽", "军", "静", "勇", "娟", "涛",
    "霞", "平", "秀", "辉", "梅", "鹏", "兰", "杰", "云", "斌", "琴", "宇", "婷", "浩", "雪", "晨", "怡", "凯", "欣",
    "昊", "岚",
];

/// Teams and posts of a kind of site.
pub(super) fn work(kind: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        "factory" => {
            (&["一车间", "二车间", "装配班", "质检班", "仓储班"], &["操作工", "检验员", "仓管员", "班长", "机修工"])
        }
        "construction_project" => (&["钢筋班", "木工班", "混凝土班", "安全部"], &["钢筋工", "木工", "泥工", "安全员"]),
        "office_building" => (&["研发部", "行政部", "市场部", "财务部"], &["工程师", "专员", "主管", "会计"]),
        "mall" => (&["零售区", "餐饮区", "安保部"], &["营业员", "厨师", "保安员"]),
        _ => (&["物业", "巡查组", "志愿者"], &["保安员", "保洁员", "网格员", "志愿者"]),
    }
}
