package sluice.framework;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import com.google.common.collect.Sets;
import com.google.common.graph.Graph;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.MutableGraph;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The directions in which modules and packages may depend on each other. */
@ArchTag("slow")
@AnalyzeClasses(packages = "sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule GATING_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("sluice.gating..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sluice.tasks..", "sluice.evaluation..", "sluice.framework..");

    @ArchTest
    static final ArchRule TASKS_STAND_ALONE = noClasses()
            .that()
            .resideInAPackage("sluice.tasks..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sluice.gating..", "sluice.evaluation..", "sluice.framework..");

    @ArchTest
    static final ArchRule EVALUATION_STANDS_ALONE_AND_NEEDS_NO_ND4J = noClasses()
            .that()
            .resideInAPackage("sluice.evaluation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sluice.gating..", "sluice.tasks..", "sluice.framework..", "org.nd4j..");

    @ArchTest
    static final ArchRule PREDICTION_NEEDS_JAVA_AND_A_READER_OF_JSON = classes()
            .that()
            .resideInAPackage("sluice.framework.predict..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("sluice.framework.predict..", "java..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule ONLY_THE_KERNEL_TOUCHES_NATIVE_BUFFERS = noClasses()
            .that()
            .resideOutsideOfPackage("sluice.framework.internal.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..", "com.sun.jna..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_ITS_LIBRARY = noClasses()
            .that()
            .resideOutsideOfPackage("sluice.framework.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "sluice.framework.cli..");

    @ArchTest
    static final ArchRule NOBODY_ASKS_A_LAYER_WHICH_KIND_IT_IS = noClasses()
            .that()
            .resideOutsideOfPackage("sluice.framework.layer.*..")
            .should()
            .dependOnClassesThat(simpleName("FullConnection")
                    .or(simpleName("ConvolutionConnection"))
                    .or(simpleName("NormalisedConnection")));

    /** A learner of a stream is given rows and labels: it cannot look at names, positions, lengths or what is to come. */
    @ArchTest
    static final ArchRule LEARNERS_OF_STREAMS_KNOW_NO_TASKS = noClasses()
            .that()
            .haveNameMatching(
                    "sluice\\.framework\\.(stream\\.StreamLearner|inference\\.(BorderDetector|SortedBatch|WithheldExamples|TaskFit))")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "sluice\\.(tasks\\.(TaskSequence|Task)|framework\\.stream\\.Stream(Order|Truth|Run|Settings))");

    @ArchTest
    static void packagesDependOnEachOtherInOneDirection(JavaClasses all) {
        MutableGraph<String> packages = GraphBuilder.directed().build();
        for (JavaClass from : all) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                if (target.startsWith("sluice.") && !target.equals(from.getPackageName())) {
                    packages.putEdge(from.getPackageName(), target);
                }
            }
        }

        assertThat(packages.edges()).hasSizeGreaterThan(5);
        assertThat(Graphs.hasCycle(packages))
                .as("a cycle among %s", packages.edges())
                .isFalse();
    }

    /** Nested types go with the one that they are in, and are not counted. */
    @ArchTest
    static void noMoreThanFourClassesNeedEachOther(JavaClasses all) {
        MutableGraph<JavaClass> classes = GraphBuilder.directed().build();
        for (JavaClass from : all) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                if (target.getPackageName().startsWith("sluice.") && !target.equals(from) && !target.isArray()) {
                    classes.putEdge(from, target);
                }
            }
        }
        Graph<JavaClass> reversed = Graphs.transpose(classes);

        assertThat(classes.nodes()).hasSizeGreaterThan(500);
        for (JavaClass one : classes.nodes()) {
            Set<String> cycle =
                    Sets.intersection(Graphs.reachableNodes(classes, one), Graphs.reachableNodes(reversed, one))
                            .stream()
                            .map(type -> Iterables.get(Splitter.on('$').split(type.getName()), 0))
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(cycle).hasSizeLessThanOrEqualTo(4);
        }
    }

    @ArchTest
    static final ArchRule NAMES_SAY_THE_THING = classes()
            .should()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");

    @ArchTest
    static final ArchRule GLOBAL_RANDOMNESS_IS_NEVER_USED = noClasses()
            .should()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom");
}
