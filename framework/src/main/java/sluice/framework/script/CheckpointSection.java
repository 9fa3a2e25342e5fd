package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import sluice.framework.checkpoint.CheckpointSettings;
import sluice.framework.checkpoint.CheckpointSettings.KeptLearner;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes the section {@code checkpoint}: how often one is taken, and whether a learner is kept in the end. */
final class CheckpointSection {
    static final ImmutableList<String> KEYS = ImmutableList.of("every", "learner");
    private static final Duration DEFAULT = Duration.ofSeconds(60);
    private static final Pattern TIME = Pattern.compile("[0-9]{1,9}[smh]");
    private static final String EXAMPLES = "a time like 60s, 10m or 1h, or none";

    private CheckpointSection() {}

    /** As scripts write it. */
    private enum Learner {
        KEEP,
        DROP
    }

    static CheckpointSettings read(Section section) {
        Optional<Duration> every =
                section.value("every").map(CheckpointSection::time).orElse(Optional.of(DEFAULT));
        if (section.value("learner").isEmpty()) {
            return new CheckpointSettings(every, KeptLearner.ALONE);
        }
        return new CheckpointSettings(
                every,
                section.choice("learner", Learner.KEEP) == Learner.KEEP ? KeptLearner.ALWAYS : KeptLearner.NEVER);
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

    static Map<String, Object> settings(CheckpointSettings checkpoint) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(
                "every", checkpoint.every().map(time -> time.toSeconds() + "s").orElse("none"));
        if (checkpoint.learner() != KeptLearner.ALONE) {
            settings.put("learner", Section.word(checkpoint.keepsLearner() ? Learner.KEEP : Learner.DROP));
        }
        return settings;
    }
}
