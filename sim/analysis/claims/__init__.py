"""Claims of the article on partnership and pervasive models, each as a test that was declared before it was run."""
