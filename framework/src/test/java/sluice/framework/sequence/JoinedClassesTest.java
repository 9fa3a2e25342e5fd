package sluice.framework.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes that data of several runs number by themselves are one by their names. */
class JoinedClassesTest {
    @Test
    void classesAreJoinedByTheirNames() {
        JoinedClasses joined =
                JoinedClasses.of(List.of("cat", "dog"), List.of(0, 1), List.of("bee", "dog"), List.of(0, 1));

        assertThat(joined.names()).containsExactly("bee", "cat", "dog");
        assertThat(ImmutableList.of(
                        joined.known().of(0),
                        joined.known().of(1),
                        joined.more().of(0),
                        joined.more().of(1)))
                .containsExactly(1, 2, 0, 2);
    }

    @Test
    void classesInAnOrderOfTheirOwnStayInFront() {
        JoinedClasses joined = JoinedClasses.of(List.of("small", "large"), List.of(0, 1), List.of("huge"), List.of(0));

        assertThat(joined.names()).containsExactly("small", "large", "huge");
        assertThat(joined.more().of(0)).isEqualTo(2);
    }

    @Test
    void numbersStayWhatTheyAre() {
        JoinedClasses joined = JoinedClasses.of(List.of(), List.of(3, 10), List.of(), List.of(7));

        assertThat(joined.names()).isEmpty();
        assertThat(joined.known().of(10)).isEqualTo(10);
        assertThat(joined.more().of(7)).isEqualTo(7);
    }
}
