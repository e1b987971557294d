//! The store hangs, blocks, panics, fails or is locked: somebody is rung all the same, in time.

use std::time::{Duration, Instant};

use server::config::DialWhomConfig;
use server::dial_whom::{Source, answer};
use server::store::{Kept, StoreError, StoredDialContext};
use sqlx::Connection;

use super::Stage;

/// What the deadline may be overshot by on a busy machine.
const SLACK: Duration = Duration::from_secs(3);

fn config() -> DialWhomConfig {
    DialWhomConfig {
        fallback: Some("meera".to_owned()),
        json: false,
        deadline: Duration::from_millis(250),
    }
}

async fn falls_back<F>(looking_up: F)
where
    F: Future<Output = Kept<Option<StoredDialContext>>> + Send + 'static,
{
    let began = Instant::now();
    let answered = answer(&config(), looking_up).await;
    assert_eq!(answered.source, Source::Deadline);
    assert_eq!(answered.answer.unwrap().to_text(), Some("sip:meera"));
    assert!(
        began.elapsed() < config().deadline + SLACK,
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test]
async fn a_store_that_never_answers() {
    let began = Instant::now();
    falls_back(std::future::pending()).await;
    assert!(
        began.elapsed() >= config().deadline,
        "it did not wait for the store"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_blocks_its_thread() {
    falls_back(async {
        std::thread::sleep(Duration::from_secs(8));
        Ok(None)
    })
    .await;
}

#[tokio::test]
async fn a_store_that_panics() {
    falls_back(async { panic!("the test wants it so") }).await;
}

#[tokio::test]
async fn a_store_that_fails() {
    falls_back(async { Err(StoreError::Unsupported("the test wants it so")) }).await;
}

#[tokio::test]
async fn nobody_to_fall_back_to() {
    let config = DialWhomConfig {
        fallback: None,
        ..config()
    };
    let answered = answer(&config, std::future::pending()).await;
    assert_eq!((answered.answer, answered.source), (None, Source::Nobody));
}

/// Another program has the file in `BEGIN EXCLUSIVE`. In WAL mode readers go on; whatever SQLite does, each question is
/// answered with 200 and in time, 200 of them at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_locked_by_another_program() {
    let stage = Stage::new(|_| {}).await;
    let told = serde_json::json!([{"key": {"message": "order:42"}, "destination": "asha"}]);
    assert_eq!(stage.put(&told).await.0, 204);

    let path = stage.server.dir.path().join("softphone.sqlite");
    let mut other = sqlx::SqliteConnection::connect(&format!("sqlite://{}", path.display()))
        .await
        .unwrap();
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
    let began = Instant::now();
    let asked = (0..200).map(|_| stage.ask("/dial-whom?CallSid=1&CustomField=order:42"));
    for (status, who) in futures_util::future::join_all(asked).await {
        assert_eq!(status, 200);
        assert!(who == "sip:asha" || who == "sip:meera", "{who}");
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    assert_eq!(
        stage.ask("/dial-whom?CallSid=1&CustomField=order:42").await.1,
        "sip:asha"
    );
}
