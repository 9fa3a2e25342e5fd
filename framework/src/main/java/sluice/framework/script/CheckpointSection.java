package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes the section {@code checkpoint}: how often one is taken. */
final class CheckpointSection {
    static final ImmutableList<String> KEYS = ImmutableList.of("every");
    private static final Duration DEFAULT = Duration.ofSeconds(60);
    private static final Pattern TIME = Pattern.compile("[0-9]{1,6}[smh]");
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
        String time = value.text(TIME, EXAMPLES);
        int unit = time.length() - 1;
        long count = Long.parseLong(time.substring(0, unit));
        Duration every =
                switch (time.charAt(unit)) {
                    case 's' -> Duration.ofSeconds(count);
                    case 'm' -> Duration.ofMinutes(count);
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
