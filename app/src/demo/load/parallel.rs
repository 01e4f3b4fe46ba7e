//! A few at a time.

use std::collections::BTreeMap;
use std::future::Future;

use tokio::task::JoinSet;

const PARALLEL: usize = 4;

/// Works on a few items at a time; results keep the order of the items.
pub(super) async fn in_parallel<I, T, F>(
    items: impl IntoIterator<Item = I>,
    work: impl Fn(I) -> F,
) -> anyhow::Result<Vec<T>>
where
    T: Send + 'static,
    F: Future<Output = anyhow::Result<T>> + Send + 'static,
{
    let mut waiting = items.into_iter().map(work).enumerate();
    let mut running = JoinSet::new();
    let mut done = BTreeMap::new();
    loop {
        while running.len() < PARALLEL
            && let Some((idx, task)) = waiting.next()
        {
            running.spawn(async move { (idx, task.await) });
        }
        let Some(joined) = running.join_next().await else { return Ok(done.into_values().collect()) };
        let (idx, result) = joined?;
        done.insert(idx, result?);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use anyhow::bail;

    use super::*;

    #[tokio::test]
    async fn results_keep_the_order_of_the_items() {
        let doubled = in_parallel(0..50_u64, |it| async move {
            tokio::time::sleep(Duration::from_micros(50 - it)).await;
            Ok(it * 2)
        });
        assert_eq!(doubled.await.unwrap(), (0..50).map(|it| it * 2).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn the_first_failure_ends_the_work() {
        let result = in_parallel(0..10, |it| async move { if it == 3 { bail!("three") } else { Ok(it) } });
        assert!(result.await.is_err());
    }
}
