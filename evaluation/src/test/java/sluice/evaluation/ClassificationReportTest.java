package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.evaluation.ClassificationReport.OfClass;

class ClassificationReportTest {
    private static final List<String> CLASSES = List.of("a", "b", "c", "d");

    @Test
    void figuresOfAClassAreCountedByItsExamplesAndItsAnswers() {
        ClassificationReport report = ClassificationReport.of(
                CLASSES, List.of("a", "a", "a", "b", "b", "c"), List.of("a", "a", "b", "b", "a", "b"));

        assertThat(report.classes())
                .containsExactly(new OfClass("a", 3, 3, 2), new OfClass("b", 2, 3, 1), new OfClass("c", 1, 0, 0));
        assertThat(report.accuracy()).isEqualTo(0.5);
        OfClass b = report.classes().get(1);
        assertThat(b.precision()).hasValue(1 / 3.0);
        assertThat(b.recall()).isEqualTo(0.5);
        assertThat(b.f1()).isCloseTo(0.4, within(1e-12));
        assertThat(report.balancedAccuracy()).isCloseTo((2 / 3.0 + 0.5) / 3, within(1e-12));
        assertThat(report.macroPrecision()).isCloseTo((2 / 3.0 + 1 / 3.0) / 3, within(1e-12));
        assertThat(report.macroF1()).isCloseTo((2 / 3.0 + 0.4) / 3, within(1e-12));
    }

    @Test
    void aClassThatIsNeverAnsweredHasNoPrecisionAndCountsAsZero() {
        ClassificationReport report = ClassificationReport.of(CLASSES, List.of("a", "c"), List.of("a", "a"));

        assertThat(report.classes().get(1).precision()).isEmpty();
        assertThat(report.classes().get(1).f1()).isZero();
        assertThat(report.macroPrecision()).isEqualTo(0.25);
    }

    @Test
    void aClassWithoutExamplesCountsOnlyAsAWrongAnswer() {
        ClassificationReport report = ClassificationReport.of(CLASSES, List.of("a", "a"), List.of("a", "d"));

        assertThat(report.classes()).extracting(OfClass::name).containsExactly("a");
        assertThat(report.accuracy()).isEqualTo(0.5);
        assertThat(report.balancedAccuracy()).isEqualTo(0.5);
        assertThat(report.macroPrecision()).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsNoClassIsWrong() {
        assertThat(ClassificationReport.of(CLASSES, List.of("a", "b"), List.of("a", "unknown"))
                        .accuracy())
                .isEqualTo(0.5);
    }

    @Test
    void thereMustBeExamplesOfTheClasses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassificationReport.of(CLASSES, List.of(), List.of()))
                .withMessageContaining("at least 1 example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassificationReport.of(CLASSES, List.of("e"), List.of("a")))
                .withMessageContaining("e is none of the classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassificationReport.of(CLASSES, List.of("a"), List.of()))
                .withMessageContaining("1 examples and 0 answers");
    }
}
