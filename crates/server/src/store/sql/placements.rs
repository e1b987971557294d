//! Clicks that place calls: one key, one call.

use protocol::Millis;
use protocol::call::Placement;

use super::Sql;
use crate::store::encode::{clean, json, read_json};
use crate::store::{Kept, PlacementState};

/// See [`crate::store::Store::begin_placement`]. The row's own key decides who was first.
pub(super) async fn begin(
    db: &Sql,
    agent: &str,
    key: &str,
    number: &str,
    at: Millis,
) -> Kept<Option<PlacementState>> {
    let claim = "INSERT INTO placements (agent, key, at, number) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (agent, key) DO NOTHING";
    let claimed = sqlx::query(claim)
        .bind(clean(agent))
        .bind(clean(key))
        .bind(at)
        .bind(clean(number))
        .execute(&db.write)
        .await?;
    if claimed.rows_affected() == 1 {
        return Ok(None);
    }
    let earlier: Option<(Option<String>, Option<String>)> =
        sqlx::query_as("SELECT outcome, number FROM placements WHERE agent = $1 AND key = $2")
            .bind(clean(agent))
            .bind(clean(key))
            .fetch_optional(&db.write)
            .await?;
    // Rows of an older program have no number.
    match earlier {
        Some((_, Some(other))) if other != clean(number) => Ok(Some(PlacementState::AnotherNumber)),
        Some((Some(outcome), _)) => {
            let outcome = read_json("placements.outcome", &outcome)?;
            Ok(Some(PlacementState::Ended(outcome)))
        }
        Some((None, _)) | None => Ok(Some(PlacementState::Begun)),
    }
}

/// See [`crate::store::Store::end_placement`].
pub(super) async fn end(db: &Sql, agent: &str, key: &str, outcome: &Placement) -> Kept<()> {
    sqlx::query("UPDATE placements SET outcome = $3 WHERE agent = $1 AND key = $2")
        .bind(clean(agent))
        .bind(clean(key))
        .bind(json("placements.outcome", outcome)?)
        .execute(&db.write)
        .await?;
    Ok(())
}
