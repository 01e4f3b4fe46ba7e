//! Construction projects (工地实名制): who takes part, in which teams, since when, who came today; and all of it in the terms of
//! the national platform for construction workers (全国建筑工人管理服务信息平台).

pub(crate) mod book;
pub(crate) mod national;
