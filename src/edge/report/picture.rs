//! A drawing as a PNG picture, if a font of this machine has every letter of its words.

#[cfg(feature = "charts")]
mod paint {
    use std::sync::Arc;

    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{Group, Node, Options, Tree, fontdb};

    /// Pixels for each unit of the drawing: sharp on a telephone too.
    const SCALE: f32 = 2.0;

    /// The fonts of this machine.
    #[derive(Debug)]
    pub struct Painter(Arc<fontdb::Database>);

    impl Painter {
        /// Looks for the fonts that are installed now.
        pub fn find() -> Self {
            let mut fonts = fontdb::Database::new();
            fonts.load_system_fonts();
            Self(Arc::new(fonts))
        }

        /// Without any font.
        #[cfg(test)]
        pub fn without_fonts() -> Self {
            Self(Arc::new(fontdb::Database::new()))
        }

        /// The picture; none if a letter of its words cannot be drawn, for a figure without its label misleads.
        pub fn png(&self, svg: &str) -> Option<Vec<u8>> {
            let options = Options { fontdb: Arc::clone(&self.0), ..Options::default() };
            let tree = Tree::from_str(svg, &options).ok()?;
            if drawn(tree.root()) != written(svg) {
                return None;
            }
            let size = tree.size().to_int_size().scale_by(SCALE)?;
            let mut canvas = Pixmap::new(size.width(), size.height())?;
            resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut canvas.as_mut());
            canvas.encode_png().ok()
        }
    }

    /// The letters that a font has, in the order of the drawing.
    fn drawn(group: &Group) -> String {
        let mut letters = String::new();
        for node in group.children() {
            match node {
                Node::Group(group) => letters += &drawn(group),
                Node::Text(text) => {
                    let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                    letters.extend(glyphs.filter(|glyph| glyph.id.0 != 0).map(|glyph| glyph.text.as_str()));
                }
                Node::Path(_) | Node::Image(_) => {}
            }
        }
        letters.retain(|letter| !letter.is_whitespace());
        letters
    }

    /// The letters that the drawing has.
    fn written(svg: &str) -> String {
        let document = resvg::usvg::roxmltree::Document::parse(svg);
        let texts = document.iter().flat_map(|document| document.descendants()).filter(|node| node.is_text());
        let mut letters: String = texts.filter_map(|node| node.text()).collect();
        letters.retain(|letter| !letter.is_whitespace());
        letters
    }
}

#[cfg(not(feature = "charts"))]
mod paint {
    /// No fonts: this jianchad was built without pictures.
    #[derive(Debug)]
    pub struct Painter;

    impl Painter {
        /// Looks for nothing.
        pub fn find() -> Self {
            Self
        }

        /// No picture.
        pub fn png(&self, _svg: &str) -> Option<Vec<u8>> {
            None
        }
    }
}

pub use paint::Painter;

#[cfg(all(test, feature = "charts"))]
mod tests {
    use super::Painter;

    const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><text x="4" y="14">LETTERS</text></svg>"#;

    #[test]
    fn without_a_font_there_is_no_picture_rather_than_one_without_words() {
        let blank = DRAWING.replace("LETTERS", "");
        assert_eq!(Painter::without_fonts().png(DRAWING), None);
        assert!(Painter::without_fonts().png(&blank).is_some_and(|png| png.starts_with(b"\x89PNG")));
        // A letter that no font has: of the private area.
        assert_eq!(Painter::find().png(&DRAWING.replace("LETTERS", "牌\u{10FFFD}")), None);
    }
}
