package library.jsoup;

import library.LibraryPlugin;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Safelist;

/** Reads pages as they are written, finds things in them, cleans them. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        Document page = Jsoup.parse("<p>Hi <a href='/b'>there</a><p>you<script>x()</script>", "https://example.com/a/");
        return page.select("p > a[href]").first().absUrl("href")
                + page.select("p").size()
                + Jsoup.clean("<b onclick=x()>bold</b><script>x</script>", Safelist.basic());
    }
}
