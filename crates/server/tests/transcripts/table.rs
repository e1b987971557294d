//! Refusals that many routes give alike: each in full once, then a line for each route.

use crate::ask::Ask;
use crate::book::{Book, Told};
use crate::support::server::TestServer;

/// Which route gives which refusal.
#[derive(Default)]
pub(crate) struct Table {
    /// Refusals that were told in full.
    told: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

impl Table {
    /// Sends; tells it in full if it is the first of its kind.
    pub(crate) async fn tell(
        &mut self,
        book: &mut Book,
        server: &TestServer,
        route: &str,
        why: &str,
        ask: Ask,
    ) {
        let told = Told::to(server, &ask).await;
        assert!(told.status >= 400, "{route} lets it in: {}", told.status);
        let word = told.word();
        if !self.told.contains(&word) {
            book.write(server, why, &ask, &told);
            self.told.push(word.clone());
        }
        match self.rows.iter_mut().find(|(row, _)| row == route) {
            Some((_, words)) => words.push(word),
            None => self.rows.push((route.to_owned(), vec![word])),
        }
    }

    /// A line for each route.
    pub(crate) fn text(&self) -> String {
        let line = |(name, words): &(String, Vec<String>)| format!("{name:<48} {}\n", words.join(", "));
        let lines: String = self.rows.iter().map(line).collect();
        format!("\n# Every route\n\n{lines}")
    }
}
