//! How sessions begin and end.

use crate::on_both_engines;

on_both_engines! {
    async fn a_world_stands(world: World) {
        let (_, site) = world.open_site("甲厂", crate::support::GRID).await;
        let gate = world.gate(&site, "一号门").await;
        let device = world.device(&gate).await;
        world.person(&site, "张三", "1024").await;
        world.settle().await;
        let guard = world.guard(&site, &gate).await;
        world.get(&guard, &format!("/gates/{gate}/board")).await.ok();
        assert!(device.path.starts_with("/devices/hikvision/"), "{}", device.path);
    }
}
