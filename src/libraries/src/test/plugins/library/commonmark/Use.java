package library.commonmark;

import library.LibraryPlugin;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Renders Markdown. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        return HtmlRenderer.builder()
                .escapeHtml(true)
                .build()
                .render(Parser.builder().build().parse("# Bern\n\n* *one*\n* <b>two</b> &auml;\n"))
                .replace("\n", "");
    }
}
