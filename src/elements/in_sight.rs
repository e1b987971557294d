//! The rows of a long list that are in sight: only they are in the page, so that ten thousand rows scroll like forty. What a list
//! is for screen readers, and its keys, are its own: `windowed.rs`, and the admin's tables.

use leptos::html::{Div, Ul};
use leptos::prelude::*;
use softphone::in_view::Measured;
use softphone::web::screen;

/// A row in the page. Leptos has a component that keeps rows by key, for 3 KB more of the program.
struct Drawn {
    index: usize,
    state: <AnyView as Render>::State,
    _owner: Owner,
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.state.unmount();
    }
}

/// A list whose rows are all of one height, inside a box that scrolls.
#[derive(Clone, Copy)]
pub(crate) struct InSight {
    /// The box.
    pub(crate) frame: NodeRef<Div>,
    /// The list in it, as high as all its rows.
    pub(crate) rows: NodeRef<Ul>,
    /// How many rows there are.
    pub(crate) count: Memo<usize>,
    /// As it was measured last.
    pub(crate) measured: RwSignal<Measured>,
}

impl InSight {
    /// Follows the box's size; the box itself must call [`Self::measure`] when it is scrolled.
    pub(crate) fn new(count: Memo<usize>) -> Self {
        let list = Self {
            frame: NodeRef::new(),
            rows: NodeRef::new(),
            count,
            measured: RwSignal::new(Measured::default()),
        };
        let kept = StoredValue::new_local(None);
        Effect::new(move |_| {
            count.track();
            if let Some(frame) = list.frame.get() {
                list.measure();
                kept.set_value(Some(screen::on_resize(&frame, move || list.measure())));
            }
        });
        list
    }

    /// Looks where the box stands.
    pub(crate) fn measure(self) {
        if let (Some(frame), Some(rows)) = (self.frame.get_untracked(), self.rows.get_untracked()) {
            let count = self.count.get_untracked().max(1);
            self.measured.set(Measured {
                top: f64::from(frame.scroll_top()),
                height: f64::from(frame.client_height()),
                row: f64::from(rows.offset_height()) / count as f64,
            });
        }
    }

    /// Keeps the rows of `wanted` in the page, each made by `item` when it comes into sight. `near_end` is told when fewer than
    /// `near` rows are left below: there may be more to fetch.
    pub(crate) fn draws(
        self,
        wanted: Memo<Vec<usize>>,
        near: usize,
        near_end: impl Fn() + 'static,
        item: impl Fn(usize) -> AnyView + 'static,
    ) {
        Effect::new(move |_| {
            let last = wanted.with(|wanted| wanted.last().copied().unwrap_or_default());
            if last + near >= self.count.get() {
                near_end();
            }
        });
        // Rows live as long as they are drawn, not from one scroll to the next.
        let owner = Owner::current().unwrap_or_default();
        let shown = StoredValue::new_local(Vec::<Drawn>::new());
        Effect::new(move |_| {
            let wanted = wanted.get();
            let Some(list) = self.rows.get() else { return };
            shown.update_value(|shown| {
                shown.retain(|row| wanted.contains(&row.index));
                for (at, index) in wanted.into_iter().enumerate() {
                    if shown.get(at).is_none_or(|row| row.index != index) {
                        let owner = owner.child();
                        let mut state = owner.with(|| item(index).build());
                        match shown.get(at) {
                            Some(next) => drop(next.state.insert_before_this(&mut state)),
                            None => state.mount(list.as_ref(), None),
                        }
                        let row = Drawn {
                            index,
                            state,
                            _owner: owner,
                        };
                        shown.insert(at, row);
                    }
                }
            });
        });
    }
}
