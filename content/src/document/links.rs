//! The links of a text, to be looked at and led elsewhere.

use super::{Block, Document, Href, Inline, Mark, each_block_mut};

impl Document {
    /// Shows each link its address; what `lead` answers takes its place.
    pub fn lead_links(&mut self, lead: &mut dyn FnMut(&Href) -> Option<Href>) {
        each_block_mut(&mut self.blocks, &mut |block| {
            if let Block::Paragraph { content, .. }
            | Block::Heading { content, .. }
            | Block::Figure { content, .. }
            | Block::Video { content, .. } = block
            {
                inlines(content, lead);
            }
        });
    }
}

fn inlines(content: &mut [Inline], lead: &mut dyn FnMut(&Href) -> Option<Href>) {
    for inline in content {
        let Inline::Text { marks, .. } = inline else { continue };
        for mark in marks {
            if let Mark::Link { attrs } = mark
                && let Some(other) = lead(&attrs.href)
            {
                attrs.href = other;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_led_elsewhere_wherever_they_stand() {
        let link = r#"{"type":"paragraph","content":[{"type":"text","text":"甲","marks":[{"type":"link","attrs":{"href":"http://old.example/a"}}]}]}"#;
        let item = format!(r#"{{"type":"bulletList","content":[{{"type":"listItem","content":[{link}]}}]}}"#);
        let cell = format!(
            r#"{{"type":"table","content":[{{"type":"tableRow","content":[{{"type":"tableCell","content":[{link}]}}]}}]}}"#
        );
        let blocks = [link, &item, &cell].map(|json| serde_json::from_str::<Block>(json).unwrap());
        let mut document = Document::new(blocks.to_vec());
        let mut seen = 0;
        document.lead_links(&mut |href| {
            seen += 1;
            assert_eq!(href.as_str(), "http://old.example/a");
            Href::try_from("/a".to_owned()).ok()
        });
        assert_eq!(seen, 3);
        assert_eq!(document.to_json().unwrap().matches(r#""href":"/a""#).count(), 3);
    }
}
