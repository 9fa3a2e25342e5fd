package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes the section {@code checkpoint}: how often one is taken. */
final class CheckpointSection {
    static final ImmutableList<String> KEYS = ImmutableList.of("every");
    private static final Duration DEFAULT = Duration.ofSeconds(60);
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h)");
    private static final String EXAMPLES = "a time like 60s, 10m or 1h, or none";

    private CheckpointSection() {}

    /** Nothing where none is to be taken. */
    static Optional<Duration> read(Section section) {
        return section.value("every").map(CheckpointSection::time).orElse(Optional.of(DEFAULT));
    }

    private static Optional<Duration> time(Value value) {
        if (value.is("none")) {
            return Optional.empty();
        }
        Matcher time = TIME.matcher(value.text());
        if (!time.matches()) {
            throw value.mustBe(EXAMPLES);
        }
        long count = Long.parseLong(time.group(1));
        Duration every =
                switch (time.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                };
        if (every.isZero()) {
            throw value.mustBe(EXAMPLES);
        }
        return Optional.of(every);
    }

    static Map<String, Object> settings(Optional<Duration> every) {
        return Map.of("every", every.map(time -> time.toSeconds() + "s").orElse("none"));
    }
}
