package library.commonstext;

import java.util.Map;
import library.LibraryPlugin;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.commons.text.StringSubstitutor;
import org.apache.commons.text.WordUtils;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Fills a text in, escapes it, and tells how much two differ. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        return new StringSubstitutor(Map.of("city", "Bern")).replace("In ${city} and ${other:-elsewhere}")
                + StringEscapeUtils.escapeHtml4(" <Zürich>")
                + LevenshteinDistance.getDefaultInstance().apply("Basel", "Bern")
                + WordUtils.capitalize(" ab cd");
    }
}
