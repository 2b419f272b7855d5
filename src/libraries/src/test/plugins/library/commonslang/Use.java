package library.commonslang;

import java.time.Duration;
import library.LibraryPlugin;
import org.apache.commons.lang3.JavaVersion;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.SystemUtils;
import org.apache.commons.lang3.builder.ToStringBuilder;
import org.apache.commons.lang3.builder.ToStringStyle;
import org.apache.commons.lang3.mutable.MutableInt;
import org.apache.commons.lang3.time.DurationFormatUtils;

/** Strings, builders and durations; and asks what Java this is. */
public final class Use extends LibraryPlugin {
    private static final class Point {
        private final int x = 1;
        private final MutableInt y = new MutableInt(2);

        @Override
        public String toString() {
            return ToStringBuilder.reflectionToString(this, ToStringStyle.JSON_STYLE);
        }
    }

    @Override
    protected String use() {
        return StringUtils.center(StringUtils.reverse("nreB"), 8, '*')
                + DurationFormatUtils.formatDuration(Duration.ofMinutes(61).toMillis(), "H:mm")
                + SystemUtils.isJavaVersionAtLeast(JavaVersion.JAVA_17)
                + new Point();
    }
}
