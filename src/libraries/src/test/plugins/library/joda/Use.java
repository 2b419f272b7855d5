package library.joda;

import java.util.Locale;
import library.LibraryPlugin;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.Days;
import org.joda.time.format.DateTimeFormat;

/** Reckons with dates and time zones of its own. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        DateTime summer = new DateTime(2026, 7, 1, 12, 0, DateTimeZone.forID("Europe/Zurich"));
        return summer.withZone(DateTimeZone.forID("Asia/Tokyo"))
                + " "
                + Days.daysBetween(summer, summer.plusMonths(2)).getDays()
                + DateTimeFormat.forPattern(" EEEE d. MMMM")
                        .withLocale(Locale.GERMAN)
                        .print(summer);
    }
}
