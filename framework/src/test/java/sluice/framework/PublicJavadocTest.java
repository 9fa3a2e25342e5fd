package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What is published as API begins with a sentence: each package, type and method, but for internal packages. */
class PublicJavadocTest {
    private static final List<String> MODULES =
            List.of("gating", "tasks", "evaluation", "framework", "framework/predict");

    @Test
    void everyPublicTypeAndMethodBeginsWithASentence() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> mute = new ArrayList<>();
        int[] seen = new int[1];
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources()));
            DocTrees documentation = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(documentation, mute, seen).scan(unit, null);
            }
        }

        assertThat(seen[0]).isGreaterThan(500);
        assertThat(mute).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.toString().contains("internal"))
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    /** Goes through what is public, and leaves the rest. */
    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final DocTrees documentation;
        private final List<String> mute;
        private final int[] seen;

        Scanner(DocTrees documentation, List<String> mute, int[] seen) {
            this.documentation = documentation;
            this.mute = mute;
            this.seen = seen;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!isPublic(type.getModifiers().getFlags())) {
                return null;
            }
            check(type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            if (isPublic(method.getModifiers().getFlags()) && !overrides) {
                check(method.getName().toString());
            }
            return null;
        }

        private boolean isPublic(Set<Modifier> flags) {
            Tree around = getCurrentPath().getParentPath().getLeaf();
            boolean inInterface = around instanceof ClassTree owner && owner.getKind() == Tree.Kind.INTERFACE;
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || (inInterface && !flags.contains(Modifier.PRIVATE));
        }

        private void check(String name) {
            TreePath path = getCurrentPath();
            DocCommentTree comment = documentation.getDocCommentTree(path);
            seen[0]++;
            if (comment == null || comment.getFirstSentence().isEmpty()) {
                mute.add(path.getCompilationUnit().getSourceFile().getName() + ": " + name);
            }
        }
    }
}
