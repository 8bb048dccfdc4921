"""version="1.2.3""""
from setuptools import find_packages, setup

# setup(version="1.2.3")
lid = dict(version="1.2.3")
setup(
    name="pot",
    packages=find_packages(),
    lid_version="1.2.3",
    version='2.0.0-rc.1',
    install_requires=["lid==1.2.3"],
)
