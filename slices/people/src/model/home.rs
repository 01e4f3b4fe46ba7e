//! Homes as data.

use kernel::{Invalid, Label};
use serde::{Deserialize, Serialize};

kernel::id_type! {
    /// Where somebody lives, dated.
    pub struct HomeId; prefix = "home"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What kind of home it is.
    pub enum HomeKind {
        /// 自有或家人的住房.
        Family = "family",
        /// 租住.
        Rented = "rented",
        /// 宿舍.
        Dormitory = "dormitory",
        /// 其他.
        Other = "other",
    }
}

/// An address inside a community, as it was said. Sealed at rest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// 小区, 村, 宿舍区.
    pub compound: String,
    /// 楼栋.
    pub building: Option<String>,
    /// 单元.
    pub unit: Option<String>,
    /// 室.
    pub room: String,
}

impl Address {
    /// Checks the parts; the name of the one that is refused comes with the reason.
    ///
    /// # Errors
    /// `required` without a compound or a room, `too_long` and `invalid` of any part.
    pub fn parse(
        compound: &str,
        building: Option<&str>,
        unit: Option<&str>,
        room: &str,
    ) -> Result<Self, (&'static str, Invalid)> {
        let part = |name, text: &str| match Label::parse(text) {
            Ok(label) => Ok(label.as_str().to_owned()),
            Err(cause) => Err((name, cause)),
        };
        let given = |text: Option<&str>| text.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        Ok(Self {
            compound: part("compound", compound)?,
            building: given(building).map(|it| part("building", &it)).transpose()?,
            unit: given(unit).map(|it| part("unit", &it)).transpose()?,
            room: part("room", room)?,
        })
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(…)")
    }
}
