package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FittedLinesTest {
    @Test
    void aLineGoesOnWhereItsTextBegins() {
        assertThat(FittedLines.of("  er      replays examples of earlier tasks", 28))
                .isEqualTo("  er      replays examples\n          of earlier tasks");
    }

    @Test
    void proseGoesOnTwoColumnsFurtherIn() {
        assertThat(FittedLines.of("gates: ACC undefined because no task was tested", 24))
                .isEqualTo("""
                gates: ACC undefined
                  because no task was
                  tested""");
    }

    @Test
    void tablesShortLinesAndLongWordsStay() {
        String text = "+----------------------+\n| a    table that goes |\nshort\n\n/a/path/that/is/longer/than/that";

        assertThat(FittedLines.of(text, 12)).isEqualTo(text);
    }
}
